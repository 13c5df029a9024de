import type { Right } from "../auth/policy.ts";
import type { Refusal } from "../auth/room_rights.ts";
import { SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import type { Deps } from "../platform.ts";
import { type Channel, parseChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";

/** Whether messages live here: not in a channel's `private-` or `presence-` twin, nor in somebody's inbox. */
export function isRoom({ access, cache, subject }: Channel): boolean {
  return access === "public" && !cache &&
    ["guild", "dm", "dispute"].includes(subject.kind);
}

/**
 * The room of this name, if `user` has the right there.
 *
 * @throws {NexoraError} `not_found` for what is not a channel name, `unauthenticated`, `forbidden`
 */
export async function enterRoom(
  { policy, now = Date.now }: Pick<Deps, "policy"> & Partial<Pick<Deps, "now">>,
  user: User | null,
  right: Right,
  name: string,
): Promise<{ room: Channel; user: User }> {
  const room = parseChannel(name);
  if (room === null) {
    throw new NexoraError("not_found", "There is no such channel");
  }
  if (user === null) throw new NexoraError("unauthenticated");
  // A channel that does not exist and one that is closed to the reader are told apart by nothing.
  if (!isRoom(room)) throw new NexoraError("forbidden");
  const refusal = await policy.refusal(user, right, room);
  if (refusal) throw refused(refusal, right, now());
  return { room, user };
}

/** A refusal in words, for whoever is refused. */
function refused(refusal: Refusal, right: Right, at: number): NexoraError {
  switch (refusal.reason) {
    case "closed":
      return new NexoraError("forbidden");
    case "role":
      return new NexoraError(
        "forbidden",
        right === "write"
          ? "In this room only officers write"
          : "This takes an officer of the room",
      );
    case "ended":
      return new NexoraError(
        "illegal_transition",
        "The dispute has ended, and its room is kept as it was said",
      );
    case "blocked":
      return new NexoraError(
        "forbidden",
        "One of you has blocked the other, so you cannot write to each other",
      );
    case "muted":
      return refusal.until === null
        ? new NexoraError("forbidden", "You have been muted in this room")
        : new NexoraError(
          "forbidden",
          `You have been muted in this room until ${
            new Date(refusal.until).toISOString()
          }`,
          { retryAfter: (refusal.until - at) / SECOND },
        );
  }
}
