import type { Dispute } from "../disputes/types.ts";
import { getGuild } from "../guilds/mod.ts";
import { keys } from "../kv/mod.ts";
import type { Channel } from "../realtime/mod.ts";

/** What a room is called; empty for direct messages, which are called after the other one. */
export async function roomName(
  kv: Deno.Kv,
  { subject }: Channel,
): Promise<string> {
  if (subject.kind === "guild") {
    return (await getGuild(kv, subject.guildId))?.name ?? "";
  }
  if (subject.kind !== "dispute") return "";
  const { value } = await kv.get<Dispute>(keys.dispute(subject.disputeId));
  return value?.bountyTitle ?? "";
}
