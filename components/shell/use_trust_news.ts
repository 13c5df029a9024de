import { useRailReader } from "../../lib/i18n/live_rail.ts";
import { useChannel } from "../../lib/realtime/client/hooks/channel.ts";
import type { TrustChanged } from "../../lib/users/standing/types.ts";
import { toasts } from "../toasts/stack.ts";

/**
 * Says that the reader's trust changed where nothing else does: by time away, or by an admin. Of a bounty, a dispute or a
 * vote there is a notification.
 *
 * @param head Position of the reader's own channel when the page was read
 */
export function useTrustNews(userId: string, head: string): void {
  const { t } = useRailReader();
  useChannel(`private-user-${userId}`, {
    since: head,
    onEvent: ({ event, data }) => {
      if (event !== "user:trust-changed") return;
      const { trust, reason, inactiveDays } = data as TrustChanged;
      if (reason !== "inactivity" && reason !== "admin") return;
      toasts.show({
        key: "trust",
        title: t("rail.trust", { trust }),
        body: inactiveDays === undefined
          ? t("rail.trustDecided")
          : t("rail.trustAway", { count: inactiveDays }),
        action: { label: t("rail.trustWhy"), href: "/insights" },
      });
    },
  });
}
