import { getGuild, listMembers } from "../guilds/mod.ts";
import { type Channel, type NewEvent, userChannel } from "../realtime/mod.ts";
import { RINGS_UP_TO } from "./limits.ts";
import type { Call } from "./types.ts";

/** Whom a call of a room rings: the other of two, or everybody in a small guild. */
export async function whomToRing(
  kv: Deno.Kv,
  { subject }: Channel,
  caller: string,
): Promise<string[]> {
  if (subject.kind === "dm") {
    return subject.userIds.filter((id) => id !== caller);
  }
  if (subject.kind !== "guild") return [];
  const guild = await getGuild(kv, subject.guildId);
  if (!guild || guild.memberCount > RINGS_UP_TO) return [];
  const { items } = await listMembers(kv, guild.id, { limit: RINGS_UP_TO });
  return items.map(({ id }) => id).filter((id) => id !== caller);
}

/** Every device of these people rings. */
export function ringing(call: Call, userIds: string[]): NewEvent[] {
  return userIds.map((id) => ({
    channel: userChannel(id),
    event: "call:ringing",
    data: { call },
  }));
}

/** Every device of these people stops ringing. */
export function silent(call: Call, userIds: string[]): NewEvent[] {
  return userIds.map((id) => ({
    channel: userChannel(id),
    event: "call:answered",
    data: { callId: call.id },
  }));
}
