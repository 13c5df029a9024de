import { useEffect, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { useReader } from "../../lib/i18n/live.ts";
import { useNotifications } from "../../lib/realtime/client/hooks/notifications.ts";
import type { InboxSnapshot } from "../../lib/realtime/client/mod.ts";
import { useFirstSign } from "../use_first_sign.ts";
import { toasts } from "./stack.ts";
import type { ToastHost } from "./ToastHost.tsx";

export interface ToastsProps {
  me: { id: string };
  inbox: InboxSnapshot;
  /** What a form post has just done. */
  flash: string | null;
}

/** Short messages in the corner: new notifications, and what the page has to say. F8 leads to them and back. */
export function Toasts({ me, inbox: initial, flash }: ToastsProps) {
  const { t } = useReader();
  const [Host, setHost] = useState<typeof ToastHost | null>(null);
  const region = useRef<HTMLElement>(null);
  useNotifications({
    me,
    initial,
    onNew: ({ id, emoji, title, body, link }) =>
      toasts.show({
        key: `note ${id}`,
        emoji,
        title,
        body,
        action: { label: t("toast.open"), href: link },
      }),
  });
  const all = toasts.toasts.value;
  const some = all.length > 0;

  useEffect(() => {
    if (!flash) return;
    toasts.show({ title: flash, emoji: "✓", key: "flash" });
    const url = new URL(location.href);
    url.searchParams.delete("done");
    history.replaceState(history.state, "", url);
  }, []);

  // Fetched for the first toast, or with the first sign that somebody is there: an action may fail for want of a
  // connection, and then it is too late to fetch what would say so.
  const load = () => {
    import("./ToastHost.tsx").then(
      (module) => setHost(() => module.ToastHost),
      () => {},
    );
  };
  useFirstSign(load);
  useEffect(() => {
    if (some && !Host) load();
  }, [some]);

  const polite = all.find((toast) => toast.tone !== "bad");
  const bad = all.find((toast) => toast.tone === "bad");
  return (
    <section class="toasts" aria-label={t("toast.region")} ref={region}>
      <div class="unseen" role="status">
        {!IS_BROWSER && flash && <p>{flash}</p>}
        {polite && <p key={polite.id}>{polite.title} {polite.body}</p>}
      </div>
      <div class="unseen" role="alert">
        {bad && <p key={bad.id}>{bad.title} {bad.body}</p>}
      </div>
      {!IS_BROWSER && flash && <p class="toast-title toast still">{flash}</p>}
      {Host && <Host me={me} region={region} />}
    </section>
  );
}
