import "../core.ts";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { getClient } from "../../lib/realtime/client/page.ts";
import { toasts } from "./stack.ts";
import { ToastList } from "./ToastList.tsx";

/** What is told of notifications that are dealt with. */
interface Settled {
  id?: string;
  all?: true;
  read?: boolean;
}

/** Shows the toasts: they wait for whoever looks at them, go when they are dealt with elsewhere, and F8 leads to them. */
export function ToastHost(
  { me, region }: { me: { id: string }; region: RefObject<HTMLElement> },
) {
  const back = useRef<HTMLElement | null>(null);

  // Before they are seen: whoever reaches for F8 at once is heard.
  useLayoutEffect(() => {
    const box = region.current!;
    const ends = new AbortController();
    const on = (target: EventTarget, type: string, run: () => void) =>
      target.addEventListener(type, run, { signal: ends.signal });
    on(box, "pointerenter", () => toasts.hold("hover"));
    on(box, "pointerleave", () => toasts.release("hover"));
    on(box, "focusin", () => toasts.hold("focus"));
    on(box, "focusout", () => toasts.release("focus"));
    const hidden = () =>
      document.hidden ? toasts.hold("hidden") : toasts.release("hidden");
    const jump = (event: KeyboardEvent) => {
      if (
        event.key !== "F8" || event.altKey || event.ctrlKey || event.metaKey
      ) return;
      const target = box.querySelector<HTMLElement>("a, button");
      if (!target) return;
      event.preventDefault();
      if (box.contains(document.activeElement)) {
        back.current?.focus();
      } else {
        back.current = document.activeElement as HTMLElement;
        target.focus();
      }
    };
    hidden();
    on(document, "visibilitychange", hidden);
    document.addEventListener("keydown", jump, { signal: ends.signal });
    return () => ends.abort();
  }, []);

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

  return <ToastList region={region} back={back} />;
}
