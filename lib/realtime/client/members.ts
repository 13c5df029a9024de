import { isFields } from "./frames.ts";

/** Who is on a presence channel: user id → what the server tells about them. */
export type Members = ReadonlyMap<string, unknown>;

/** From the data of `subscription_succeeded`; `null` off presence channels. */
export function readMembers(data: unknown): Members | null {
  const presence = isFields(data) ? data.presence : null;
  if (!isFields(presence) || !isFields(presence.hash)) return null;
  return new Map(Object.entries(presence.hash));
}

/** From the data of `member_added`. */
export function withMember(members: Members | null, data: unknown) {
  if (!members || !isFields(data)) return members;
  return new Map(members).set(String(data.user_id), data.user_info ?? {});
}

/** From the data of `member_removed`. */
export function withoutMember(members: Members | null, data: unknown) {
  if (!members || !isFields(data)) return members;
  const left = new Map(members);
  left.delete(String(data.user_id));
  return left;
}
