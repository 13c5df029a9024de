import { activityRow } from "../activity/mod.ts";
import type { Mutation } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { Subject } from "../realtime/mod.ts";

/** The oracle reads of messages to a guild or to a person; what is said before a tribunal is not its business. */
export function messageActivity(
  deps: Pick<Deps, "now" | "newId">,
  subject: Subject,
  actorId: string,
  device: string | null,
): Mutation[] {
  const kind = "message_sent";
  if (subject.kind === "guild") {
    const { guildId } = subject;
    return [activityRow(deps, { kind, actorId, guildId, device })];
  }
  if (subject.kind === "dm") {
    const counterpartyId = otherOf(subject.userIds, actorId);
    return [activityRow(deps, { kind, actorId, counterpartyId, device })];
  }
  return [];
}

/** The other one of two people; somebody who talks to themselves is their own other. */
export function otherOf(
  userIds: readonly [string, string],
  userId: string,
): string {
  return userIds.find((id) => id !== userId) ?? userId;
}
