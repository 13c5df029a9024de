import "../components/core.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { toasts } from "../components/toasts/stack.ts";
import type { ToastList } from "../components/toasts/ToastList.tsx";
import { useReader } from "../lib/i18n/live.ts";
import { useNotifications } from "../lib/realtime/client/hooks/notifications.ts";
import { getClient } from "../lib/realtime/client/page.ts";
import type { InboxSnapshot } from "../lib/realtime/client/mod.ts";

/** What is told of notifications that are dealt with. */
interface Settled {
  id?: string;
  all?: true;
  read?: boolean;
}

export interface ToastsProps {
  me: { id: string };
  inbox: InboxSnapshot;
  /** What a form post has just done. */
  flash: string | null;
}

/** Short messages in the corner: new notifications, and what the page has to say. F8 leads to them and back. */
export default function Toasts({ me, inbox: initial, flash }: ToastsProps) {
  const { t } = useReader();
  const [List, setList] = useState<typeof ToastList | null>(null);
  const region = useRef<HTMLElement>(null);
  const back = useRef<HTMLElement | null>(null);
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

  useEffect(() => {
    if (flash) {
      toasts.show({ title: flash, emoji: "✓", key: "flash" });
      const url = new URL(location.href);
      url.searchParams.delete("done");
      history.replaceState(history.state, "", url);
    }
    const hidden = () =>
      document.hidden ? toasts.hold("hidden") : toasts.release("hidden");
    const jump = (event: KeyboardEvent) => {
      if (
        event.key !== "F8" || event.altKey || event.ctrlKey || event.metaKey
      ) return;
      const target = region.current?.querySelector<HTMLElement>("a, button");
      if (!target) return;
      event.preventDefault();
      if (region.current!.contains(document.activeElement)) {
        back.current?.focus();
      } else {
        back.current = document.activeElement as HTMLElement;
        target.focus();
      }
    };
    hidden();
    document.addEventListener("visibilitychange", hidden);
    document.addEventListener("keydown", jump);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      document.removeEventListener("keydown", jump);
    };
  }, []);

  // Fetched for the first toast, or with the first sign that somebody is there: an action may fail for want of a
  // connection, and then it is too late to fetch what would say so.
  useEffect(() => {
    if (List) return;
    const fetchList = () => {
      import("../components/toasts/ToastList.tsx").then(
        (module) => setList(() => module.ToastList),
        () => {},
      );
    };
    if (all.length > 0) return fetchList();
    const once = { once: true };
    document.addEventListener("pointerdown", fetchList, once);
    document.addEventListener("keydown", fetchList, once);
    return () => {
      document.removeEventListener("pointerdown", fetchList);
      document.removeEventListener("keydown", fetchList);
    };
  }, [List, all.length > 0]);

  // Read or put away here, in another tab or on another device: nobody needs to be told any more.
  useEffect(() =>
    getClient().subscribe(`private-user-${me.id}`, {
      onEvent({ event, data }) {
        const { id, all, read } = data as Settled;
        if (event === "notification:clear" || read) {
          toasts.dismissKey(`note ${all ? "" : id}`, all);
        }
      },
    }), []);

  const polite = all.find((toast) => toast.tone !== "bad");
  const bad = all.find((toast) => toast.tone === "bad");
  return (
    <section
      class="toasts"
      aria-label={t("toast.region")}
      ref={region}
      onPointerEnter={() => toasts.hold("hover")}
      onPointerLeave={() => toasts.release("hover")}
      onFocusIn={() => toasts.hold("focus")}
      onFocusOut={() => toasts.release("focus")}
    >
      <div class="unseen" role="status">
        {!IS_BROWSER && flash && <p>{flash}</p>}
        {polite && <p key={polite.id}>{polite.title} {polite.body}</p>}
      </div>
      <div class="unseen" role="alert">
        {bad && <p key={bad.id}>{bad.title} {bad.body}</p>}
      </div>
      {!IS_BROWSER && flash && <p class="toast-title toast still">{flash}</p>}
      {List && <List region={region} back={back} />}
    </section>
  );
}
