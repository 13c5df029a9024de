import { useState } from "preact/hooks";
import { call, failureOf } from "../../lib/realtime/client/api.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import type { NotificationItem } from "../../lib/realtime/client/mod.ts";
import { toasts } from "../toasts/stack.ts";

export interface NoteActionsProps {
  item: NotificationItem;
  tabbable: boolean;
  /** It is dealt with. */
  done: () => void;
  /** Text of the toast when the server refused. */
  failed: string;
}

/** What a notification asks for, done where it is read: accept an invitation, open a vote. */
export function NoteActions(
  { item, tabbable, done, failed }: NoteActionsProps,
) {
  const [busy, setBusy] = useState<string | null>(null);
  const actions = item.actions ?? [];
  if (actions.length === 0 || item.expired) return null;
  const run = async (id: string, path: string, body: unknown) => {
    setBusy(id);
    try {
      await call(getPage().env, "POST", path, body);
      done();
    } catch (error) {
      toasts.show({
        title: failed,
        body: failureOf(error).message,
        tone: "bad",
      });
    }
    setBusy(null);
  };
  const look = (style: string) =>
    style === "default" ? "button small" : `button small ${style}`;
  return (
    <div class="note-actions">
      {actions.map((action) =>
        "href" in action
          ? (
            <a
              key={action.id}
              class={look(action.style)}
              href={action.href}
              tabIndex={tabbable ? 0 : -1}
              onClick={done}
            >
              {action.label}
            </a>
          )
          : (
            <button
              key={action.id}
              type="button"
              class={look(action.style)}
              tabIndex={tabbable ? 0 : -1}
              disabled={busy !== null}
              aria-busy={busy === action.id}
              onClick={() =>
                void run(action.id, action.post.path, action.post.body)}
            >
              {action.label}
            </button>
          )
      )}
    </div>
  );
}
