import { keys, retryConflicts, set, unchanged } from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import { inTurn } from "../../kv/turns.ts";
import type { Deps } from "../../platform.ts";
import { userChannel } from "../../realtime/mod.ts";
import { readStored } from "../find.ts";
import type { StoredMessage } from "../rows.ts";
import { NexoraError } from "../../errors.ts";
import { FOLLOWED_FOR, NOT_FOLLOWED, stateOf, type ThreadRow } from "./rows.ts";
import type { ThreadState } from "./types.ts";

type ThreadDeps = Pick<Deps, "kv" | "now" | "log">;

/** Where somebody stands in a thread. */
export async function getThreadState(
  { kv }: Pick<Deps, "kv">,
  channel: string,
  parentId: string,
  userId: string,
): Promise<ThreadState> {
  const { value } = await kv.get<ThreadRow>(keys.threadOf(userId, parentId));
  return value && value.channel === channel
    ? await stateOf(kv, userId, value)
    : { channel, parentId, revision: 0, ...NOT_FOLLOWED };
}

/**
 * Marks a followed thread read, up to a reply or all of it, never back: `thread:updated` tells the reader's devices.
 * Where one does not follow, there is nothing to mark.
 *
 * @throws {NexoraError} `not_found` for a reply that is not there
 */
export function markThreadRead(
  deps: ThreadDeps,
  channel: string,
  parentId: string,
  userId: string,
  upToId?: string,
): Promise<ThreadState> {
  return change(deps, channel, parentId, userId, async (row) => {
    if (!row?.on) return null;
    const order = upToId === undefined
      ? await lastReply(deps.kv, channel, parentId)
      : (await readReply(deps.kv, channel, parentId, upToId)).order;
    return order === null || order <= row.order ? null : { ...row, order };
  });
}

/**
 * Follows a thread, from what is there on, or leaves it: then no reply brings one back but one's own, or one that names
 * them.
 *
 * @throws {NexoraError} `not_found`, also for a reply
 */
export function followThread(
  deps: ThreadDeps,
  channel: string,
  parentId: string,
  userId: string,
  on: boolean,
): Promise<ThreadState> {
  return change(deps, channel, parentId, userId, async (row) => {
    if (row?.on === on) return null;
    const parent = (await readStored(deps.kv, channel, parentId)).value;
    if (parent.parentId !== null) {
      throw new NexoraError("not_found", "There is no such thread");
    }
    const last = await lastReply(deps.kv, channel, parentId);
    return {
      channel,
      parentId,
      place: parent.order,
      on,
      order: last ?? parent.order,
    };
  });
}

/** Reads, decides and commits with the event; `decide` returns `null` when nothing changes. */
function change(
  { kv, now, log }: ThreadDeps,
  channel: string,
  parentId: string,
  userId: string,
  decide: (
    row: ThreadRow | null,
  ) => Promise<Omit<ThreadRow, "at" | "revision"> | null>,
): Promise<ThreadState> {
  const key = keys.threadOf(userId, parentId);
  return inTurn(
    `thread ${parentId} ${userId}`,
    () =>
      retryConflicts(async () => {
        const entry = await kv.get<ThreadRow>(key);
        const before = entry.value?.channel === channel ? entry.value : null;
        const decision = await decide(before);
        if (decision === null) {
          return await getThreadState({ kv }, channel, parentId, userId);
        }
        const revision = (before?.revision ?? 0) + 1;
        const after: ThreadRow = { ...decision, at: now(), revision };
        const state = await stateOf(kv, userId, after);
        const told = await nullIfOvertaken(log.append({
          events: [{
            channel: userChannel(userId),
            event: "thread:updated",
            data: state,
          }],
          checks: [unchanged(entry)],
          mutations: [set(key, after, FOLLOWED_FOR)],
        }));
        return told && state;
      }),
  );
}

async function readReply(
  kv: Deno.Kv,
  channel: string,
  parentId: string,
  id: string,
): Promise<StoredMessage> {
  const { value } = await readStored(kv, channel, id);
  if (value.parentId === parentId) return value;
  throw new NexoraError("not_found", "There is no such reply");
}

/** `orderKey` of the last reply, deleted or not; `null` when there is none. */
async function lastReply(
  kv: Deno.Kv,
  channel: string,
  parentId: string,
): Promise<string | null> {
  const rows = kv.list<StoredMessage>(
    { prefix: keys.replies(channel, parentId) },
    { reverse: true, limit: 1 },
  );
  for await (const { value } of rows) return value.order;
  return null;
}
