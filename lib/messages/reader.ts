import { NexoraError } from "../errors.ts";
import type { Subject } from "../realtime/mod.ts";
import { getUser } from "../users/mod.ts";
import { otherOf } from "./activity.ts";

/** A direct conversation needs somebody at its other end. @throws {NexoraError} `not_found` */
export async function expectReader(
  kv: Deno.Kv,
  subject: Subject,
  authorId: string,
): Promise<void> {
  if (subject.kind !== "dm") return;
  if (await getUser(kv, otherOf(subject.userIds, authorId)) === null) {
    throw new NexoraError("not_found", "There is no such person");
  }
}
