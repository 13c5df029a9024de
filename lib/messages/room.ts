import type { Right } from "../auth/policy.ts";
import { NexoraError } from "../errors.ts";
import type { Deps } from "../platform.ts";
import { type Channel, parseChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";

/** Whether messages live here: not in a channel's `private-` or `presence-` twin, nor in somebody's inbox. */
function isRoom({ access, cache, subject }: Channel): boolean {
  return access === "public" && !cache &&
    ["guild", "dm", "dispute"].includes(subject.kind);
}

/**
 * The room of this name, if `user` has the right there.
 *
 * @throws {NexoraError} `not_found` for what is not a channel name, `unauthenticated`, `forbidden`
 */
export async function enterRoom(
  { policy }: Pick<Deps, "policy">,
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
  if (!isRoom(room) || !await policy.may(user, right, room)) {
    throw new NexoraError("forbidden");
  }
  return { room, user };
}
