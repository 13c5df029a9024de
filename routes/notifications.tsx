import { page, type PageProps } from "fresh";
import { z } from "zod";
import { Shell } from "../components/shell/Shell.tsx";
import { InboxPageList } from "../components/notifications/InboxPageList.tsx";
import { LIST_ID } from "../components/notifications/use_inbox_page.ts";
import NotificationInbox from "../islands/NotificationInbox.tsx";
import { parseFields } from "../lib/http/body.ts";
import { define, type State } from "../lib/http/define.ts";
import { usePageReader } from "../lib/i18n/mod.ts";
import {
  archiveNotification,
  getNotifications,
  markAllNotificationsRead,
  markNotificationRead,
  type NotificationsPage,
} from "../lib/notifications/mod.ts";
import { Inbox } from "../lib/realtime/client/inbox.ts";
import type { InboxFilter } from "../lib/realtime/client/mod.ts";
import {
  type Frame,
  orErrorPage,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
} from "../lib/pages/mod.ts";

interface Data {
  frame: Frame;
  inbox: NotificationsPage;
  filter: InboxFilter;
  cursor: string | null;
}

const Query = z.object({
  filter: z.enum(["all", "unread", "snoozed", "archived"]).catch("all"),
  cursor: z.string().max(128).optional().catch(undefined),
});

/** What the buttons post without scripts. */
const Act = z.discriminatedUnion("do", [
  z.object({ do: z.literal("read-all") }),
  z.object({
    do: z.enum(["read", "unread", "archive", "unarchive"]),
    id: z.string().max(128),
  }),
]);

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return await orErrorPage(async () => {
      const { filter, cursor } = parseFields(
        Query,
        Object.fromEntries(ctx.url.searchParams),
      );
      const [frame, inbox] = await Promise.all([
        readFrame(ctx, user),
        getNotifications(platform, user, { filter, cursor }),
      ]);
      return page<Data>({ frame, inbox, filter, cursor: cursor ?? null });
    });
  },
  async POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return await orErrorPage(async () => {
      const act = parseFields(Act, Object.fromEntries(await readForm(ctx.req)));
      if (act.do === "read-all") {
        await markAllNotificationsRead(platform, user.id);
      } else if (act.do === "archive" || act.do === "unarchive") {
        const archived = act.do === "archive";
        await archiveNotification(platform, user.id, act.id, archived);
      } else {
        const read = act.do === "read";
        await markNotificationRead(platform, user.id, act.id, read);
      }
      return seeOther(ctx.url.pathname + ctx.url.search);
    });
  },
});

export default define.page(({ data }: PageProps<Data, State>) => (
  <Notifications {...data} />
));

const FILTERS = ["all", "unread", "snoozed", "archived"] as const;

function Notifications({ frame, inbox, filter, cursor }: Data) {
  const { t } = usePageReader();
  return (
    <Shell frame={frame} title={t("notifications.title")} narrow>
      <NotificationInbox
        me={{ id: frame.me.id }}
        initial={inbox}
        filter={filter}
        paged={cursor !== null}
        filters={FILTERS.map((name) => ({
          name,
          href: name === "all"
            ? "/notifications"
            : `/notifications?filter=${name}`,
          label: t(`bell.${name}`),
        }))}
        words={{ filter: t("bell.filter"), readAll: t("bell.readAll") }}
      />
      <div id={LIST_ID}>
        <InboxPageList
          inbox={new Inbox(frame.me.id, inbox)}
          filter={filter}
          rendered={inbox.notifications}
          cursor={inbox.cursor}
        />
      </div>
      <p class="inbox-links">
        <a href="/notifications/why-not">{t("bell.whyNot")}</a>
        <a href="/settings/notifications">{t("bell.settings")}</a>
      </p>
    </Shell>
  );
}
