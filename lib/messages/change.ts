import {
  type Check,
  keys,
  type Mutation,
  retryConflicts,
  unchanged,
} from "../kv/mod.ts";
import { nullIfOvertaken } from "../kv/overtaken.ts";
import { inTurn } from "../kv/turns.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import { orderKey, type Position } from "../realtime/mod.ts";
import { readStored } from "./find.ts";
import { indexJob, roomRows } from "./follow.ts";
import {
  digestOf,
  EMPTY_ROOM,
  enterLedger,
  type LedgerEntry,
  type RoomHead,
} from "./ledger.ts";
import { messageRow, type StoredMessage } from "./rows.ts";
import type { MessageChanged } from "./types.ts";

export type MessageDeps = Pick<
  Deps,
  "kv" | "now" | "newId" | "log" | "queue" | "policy"
>;

/** What a decision about a message comes to. */
export interface MessageDecision<T> {
  /** The message afterwards; its revision is counted up here. */
  message: StoredMessage;
  /** The event; what every event about a message has is added here. */
  event: { name: string; data: Record<string, unknown> };
  /** What was done to its words, where it was. */
  ledger?: Pick<LedgerEntry, "kind" | "byId" | "at">;
  checks?: Check[];
  mutations?: Mutation[];
  /** Rows that depend on what is known of the room. */
  roomChange?: (room: RoomHead) => { room: RoomHead; rows: Mutation[] };
  jobs?: NewJob[];
  /** Gets the new revision and the event's position. */
  result: (after: StoredMessage, position: Position) => T;
}

/**
 * Reads a message, decides, and commits rows, ledger, event and jobs together; anew when somebody came in between.
 * `decide` returns `{ done }` when there is nothing to change.
 *
 * @throws {NexoraError} `not_found`, and whatever `decide` throws
 */
export function decideOnMessage<T>(
  deps: MessageDeps,
  channel: string,
  id: string,
  decide: (
    stored: StoredMessage,
  ) => Promise<MessageDecision<T> | { done: T }>,
): Promise<T> {
  const { kv, log, queue } = deps;
  const follow = indexJob(deps, channel);
  return inTurn(`message ${channel} ${id}`, () =>
    retryConflicts(async () => {
      const entry = await readStored(kv, channel, id);
      const decision = await decide(entry.value);
      if ("done" in decision) return { result: decision.done };
      const revision = entry.value.revision + 1;
      const after = { ...decision.message, revision };
      const { ledger, event, roomChange } = decision;
      const about: MessageChanged = {
        id,
        channel,
        parentId: after.parentId,
        revision,
      };
      const jobs = queue.plan(decision.jobs ?? []);
      const positions = await nullIfOvertaken(log.append({
        events: [{
          channel,
          event: event.name,
          data: { ...about, ...event.data },
        }],
        checks: [
          unchanged(entry),
          ...decision.checks ?? [],
          ...jobs.checks,
        ],
        ...(ledger && { kept: [keys.room(channel)] }),
        rows: 6 + (decision.mutations?.length ?? 0) + jobs.mutations.length +
          follow.length,
        mutations: ([position], at, kept) => {
          const rows = [
            messageRow(after),
            ...decision.mutations ?? [],
            ...jobs.mutations,
          ];
          if (!ledger) return rows;
          const entered = enterLedger(
            channel,
            (kept[0] as RoomHead | null) ?? EMPTY_ROOM,
            {
              ...ledger,
              messageId: id,
              parentId: after.parentId,
              order: orderKey(position!),
              digest: digestOf(after),
            },
          );
          const changed = roomChange?.(entered.head) ??
            { room: entered.head, rows: [] };
          return [
            ...rows,
            entered.row,
            ...changed.rows,
            ...roomRows(channel, changed.room, at, follow),
          ];
        },
      }));
      if (positions === null) return null;
      queue.ring();
      return { result: decision.result(after, positions[0]!) };
    })).then(({ result }) => result);
}
