import { getGuild } from "../guilds/mod.ts";
import { type Channel } from "../realtime/mod.ts";
import { getUser } from "../users/mod.ts";

/** What a room is called by one of its people, and where its page is. */
export async function placeOf(
  kv: Deno.Kv,
  { subject }: Channel,
  me: string,
): Promise<{ place: string; back: string }> {
  if (subject.kind === "guild") {
    const guild = await getGuild(kv, subject.guildId);
    return {
      place: guild?.name ?? "",
      back: `/guilds/${encodeURIComponent(subject.guildId)}`,
    };
  }
  if (subject.kind === "dispute") {
    return { place: "", back: `/disputes/${subject.disputeId}` };
  }
  const other = subject.kind === "dm"
    ? subject.userIds.find((id) => id !== me)
    : undefined;
  const user = other ? await getUser(kv, other) : null;
  return {
    place: user?.name ?? "",
    back: user ? `/messages/${user.handle}` : "/messages",
  };
}
