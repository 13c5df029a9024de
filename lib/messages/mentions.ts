import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { Channel } from "../realtime/mod.ts";
import { getGuild } from "../guilds/mod.ts";
import { getUserByHandle, type User } from "../users/mod.ts";
import type { Mentions } from "./types.ts";

/** People whom one message can name. */
const MAX_MENTIONED = 50;

/** Names after an at sign, lower case, each once; what stands in code names nobody. */
export function namesIn(content: string): string[] {
  if (!content.includes("@")) return [];
  const prose = content.replace(/```[\s\S]*?(?:```|$)/g, " ")
    .replace(/`[^`\n]*`/g, " ");
  const names = prose.matchAll(
    /(?<![\p{L}\p{N}_@/.-])@([a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?)(?![a-z0-9_@])/giu,
  );
  return [...new Set([...names].map((match) => match[1]!.toLowerCase()))];
}

export const NOBODY: Mentions = {
  userIds: [],
  officers: false,
  everyone: false,
};

/**
 * Whom a text names in a room: its members by their handles, `@officers`, and `@everyone` by those who may. Who is
 * not in the room is not named, and neither is the author.
 */
export async function resolveMentions(
  { kv, policy }: Pick<Deps, "kv" | "policy">,
  room: Channel,
  author: Pick<User, "id" | "role">,
  content: string,
): Promise<Mentions> {
  const names = namesIn(content);
  if (names.length === 0) return NOBODY;
  const { kind } = room.subject;
  const wantsEveryone = names.includes("everyone") && kind !== "dm";
  const handles = names.filter((name) =>
    name !== "everyone" && name !== "officers"
  ).slice(0, MAX_MENTIONED);
  const [people, everyone] = await Promise.all([
    Promise.all(handles.map((handle) => getUserByHandle(kv, handle))),
    wantsEveryone && policy.may(author, "mentionEveryone", room),
  ]);
  const ids = people.flatMap((user) =>
    user && user.id !== author.id ? [user.id] : []
  );
  return {
    userIds: await membersAmong(kv, room, ids),
    officers: names.includes("officers") && kind !== "dm",
    everyone,
  };
}

/** Those who are in the room. */
async function membersAmong(
  kv: Deno.Kv,
  { subject }: Channel,
  ids: string[],
): Promise<string[]> {
  if (subject.kind === "dm") {
    return ids.filter((id) => subject.userIds.includes(id));
  }
  const present = await existing(
    kv,
    ids,
    (id) =>
      subject.kind === "guild"
        ? keys.guildMember(subject.guildId, id)
        : keys.disputeParty(
          subject.kind === "dispute" ? subject.disputeId : "",
          id,
        ),
  );
  return ids.filter((_, i) => present[i]);
}

/** Which of the rows are there; ten a read. */
async function existing(
  kv: Deno.Kv,
  ids: string[],
  keyOf: (id: string) => Deno.KvKey,
): Promise<boolean[]> {
  const reads: Promise<Deno.KvEntryMaybe<unknown>[]>[] = [];
  for (let i = 0; i < ids.length; i += 10) {
    reads.push(kv.getMany(ids.slice(i, i + 10).map(keyOf)));
  }
  return (await Promise.all(reads)).flat().map((entry) => entry.value !== null);
}

/** Those of `ids` who have not blocked `byId`. */
export async function notBlocking(
  kv: Deno.Kv,
  ids: string[],
  byId: string,
): Promise<string[]> {
  const blocked = await existing(kv, ids, (id) => keys.block(id, byId));
  return ids.filter((_, i) => !blocked[i]);
}

/** The officers of a room: a guild's, a dispute's mediators are few and told by the tribunal itself. */
export async function officersOf(
  kv: Deno.Kv,
  { subject }: Channel,
): Promise<string[]> {
  if (subject.kind !== "guild") return [];
  return (await getGuild(kv, subject.guildId))?.officerIds ?? [];
}
