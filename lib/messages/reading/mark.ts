import { retryConflicts, unchanged } from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import { inTurn } from "../../kv/turns.ts";
import type { Deps } from "../../platform.ts";
import {
  type Channel,
  type NewEvent,
  userChannel,
} from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import { orderBefore, positionOf, readStored } from "../find.ts";
import { countUnread, readStanding, type Standing } from "./counts.ts";
import { notifiedJobs } from "./notified.ts";
import { type ReadMark, readMarkRows } from "./read_mark.ts";
import type { ReadState, Receipt } from "./types.ts";

export type ReadingDeps = Pick<
  Deps,
  "kv" | "now" | "log" | "policy" | "queue"
>;
type Reader = Pick<User, "id" | "role">;

/** Where somebody wants the mark. */
export type MarkAt =
  /** Everything there is. */
  | { kind: "all" }
  /** Up to this message; never back. */
  | {
    kind: "upTo";
    messageId: string;
    /** `revision` of the state that the reader's device knew; what was marked unread after that stays so. */
    knew?: number;
  }
  /** From this message on unread. */
  | { kind: "unreadFrom"; messageId: string };

/** How far somebody has read in a room. */
export async function getReadState(
  deps: Pick<Deps, "kv" | "policy">,
  room: Channel,
  reader: Reader,
): Promise<ReadState> {
  const standing = await readStanding(deps, room, reader.id);
  return await countUnread(deps, room, reader, standing);
}

/**
 * Moves somebody's mark: `room:read` tells their other devices, `message:read` the other of a direct conversation.
 * Where it stands already, nothing is written.
 *
 * @throws {NexoraError} `not_found` for a message that is not there
 */
export async function markRead(
  deps: ReadingDeps,
  room: Channel,
  reader: Reader,
  to: MarkAt,
): Promise<ReadState> {
  const { kv, now, log } = deps;
  return await inTurn(
    `read ${room.name} ${reader.id}`,
    () =>
      retryConflicts(async () => {
        const standing = await readStanding(deps, room, reader.id);
        const place = await placeOf(kv, room, standing, to);
        const { mark } = standing;
        const same = place.order === mark.order ||
          (to.kind !== "unreadFrom" && place.order < mark.order);
        // A device that showed the messages told of it late, or has not heard yet that they are to be unread.
        const overruled = to.kind === "upTo" && to.knew !== undefined &&
          to.knew < (mark.back ?? 0);
        if (same || overruled) {
          return await countUnread(deps, room, reader, standing);
        }
        const at = now();
        const revision = mark.revision + 1;
        const back = to.kind === "unreadFrom" ? revision : mark.back;
        const after: ReadMark = {
          order: place.order,
          ordinal: place.ordinal,
          at,
          revision,
          ...back !== undefined && { back },
        };
        const state = await countUnread(deps, room, reader, {
          ...standing,
          mark: after,
        });
        const events: NewEvent[] = [{
          channel: userChannel(reader.id),
          event: "room:read",
          data: state,
        }];
        if (room.subject.kind === "dm" && to.kind !== "unreadFrom") {
          const data: Receipt = {
            userId: reader.id,
            position: positionOf(after.order),
            at,
          };
          events.push({ channel: room.name, event: "message:read", data });
        }
        const jobs = to.kind === "unreadFrom" ? [] : await notifiedJobs(deps, {
          userId: reader.id,
          channel: room.name,
        });
        const planned = deps.queue.plan(jobs);
        const positions = await nullIfOvertaken(log.append({
          events,
          checks: [unchanged(standing.entry), ...planned.checks],
          mutations: [
            ...planned.mutations,
            ...readMarkRows(room.name, reader.id, after),
          ],
        }));
        if (positions && jobs.length > 0) {
          deps.queue.ring();
        }
        return positions && state;
      }),
  );
}

/** The place that a wish means. */
async function placeOf(
  kv: Deno.Kv,
  room: Channel,
  { room: head, mark }: Standing,
  to: MarkAt,
): Promise<Pick<ReadMark, "order" | "ordinal">> {
  if (to.kind === "all") {
    return head.upTo > mark.order
      ? { order: head.upTo, ordinal: head.count }
      : mark;
  }
  const { value } = await readStored(kv, room.name, to.messageId);
  const { order, ordinal, parentId } = value;
  if (to.kind === "upTo") return { order, ordinal };
  return {
    order: orderBefore(order),
    ordinal: parentId === null ? ordinal - 1 : ordinal,
  };
}
