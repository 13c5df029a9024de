import type { ComponentChildren } from "preact";
import { Inbox } from "./icons.ts";

/** What a list shows when it has nothing: what would be here, and the way to get it. */
export function Empty(
  { title, body, icon, children }: {
    title: string;
    body?: string;
    icon?: ComponentChildren;
    children?: ComponentChildren;
  },
) {
  return (
    <div class="empty">
      {icon ?? <Inbox size={22} strokeWidth={1.6} aria-hidden="true" />}
      <strong>{title}</strong>
      {body && <p>{body}</p>}
      {children}
    </div>
  );
}
