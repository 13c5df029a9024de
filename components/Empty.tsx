import type { ComponentChildren } from "preact";

/** What a list shows when it has nothing: what would be here, and the way to get it. */
export function Empty(
  { title, body, icon, children }: {
    title: string;
    body?: string;
    icon: ComponentChildren;
    children?: ComponentChildren;
  },
) {
  return (
    <div class="empty">
      {icon}
      <strong>{title}</strong>
      {body && <p>{body}</p>}
      {children}
    </div>
  );
}
