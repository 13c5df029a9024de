import { signal } from "@preact/signals";
import { call } from "../../lib/realtime/client/api.ts";
import { isFields } from "../../lib/realtime/client/frames.ts";
import { getPage } from "../../lib/realtime/client/page.ts";

/** Ids of those whom the reader has blocked: their messages are folded in shared rooms. */
export const blocked = signal<ReadonlySet<string>>(new Set());

/** Reads whom the reader has blocked; without an answer nobody is. */
export async function loadBlocked(): Promise<void> {
  const answer = await call(getPage().env, "GET", "/api/me/blocks")
    .catch(() => null);
  const list = answer?.blocks;
  if (!Array.isArray(list)) return;
  blocked.value = new Set(
    list.flatMap((one) =>
      isFields(one)
        ? [String(one.userId ?? (isFields(one.user) ? one.user.id : one.id))]
        : []
    ),
  );
}

export function noteBlocked(userId: string, on: boolean): void {
  const next = new Set(blocked.peek());
  if (on) next.add(userId);
  else next.delete(userId);
  blocked.value = next;
}
