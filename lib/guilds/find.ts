import { keys } from "../kv/mod.ts";
import { getUsers, type PublicUser, publicUser } from "../users/mod.ts";
import type { Guild, GuildRole, Membership } from "./types.ts";

export async function getGuild(
  kv: Deno.Kv,
  guildId: string,
): Promise<Guild | null> {
  return (await kv.get<Guild>(keys.guild(guildId))).value;
}

export async function getMembership(
  kv: Deno.Kv,
  guildId: string,
  userId: string,
): Promise<Membership | null> {
  return (await kv.get<Membership>(keys.guildMember(guildId, userId))).value;
}

/** A page of a list, and where the next one begins (`null` at the end). */
export interface Page<T> {
  items: T[];
  cursor: string | null;
}

/** All guilds, by id. */
export async function listGuilds(
  kv: Deno.Kv,
  { cursor, limit = 100 }: { cursor?: string; limit?: number } = {},
): Promise<Page<Guild>> {
  const rows = kv.list<Guild>(
    cursor
      ? { prefix: keys.guildsPrefix(), start: after(keys.guild(cursor)) }
      : { prefix: keys.guildsPrefix() },
    { limit: limit + 1 },
  );
  const items = await Array.fromAsync(rows, (row) => row.value);
  return pageOf(items, limit, (guild) => guild.id);
}

/** The guilds somebody is in, with their role there. */
export async function listGuildsOf(
  kv: Deno.Kv,
  userId: string,
): Promise<{ guild: Guild; role: GuildRole; joinedAt: number }[]> {
  const rows = kv.list<Membership>({ prefix: keys.guildsOfUser(userId) });
  const memberships = await Array.fromAsync(rows, (row) => row.value);
  const guilds = await Promise.all(
    memberships.map((m) => getGuild(kv, m.guildId)),
  );
  return memberships.flatMap(({ role, joinedAt }, i) => {
    const guild = guilds[i];
    return guild ? [{ guild, role, joinedAt }] : [];
  }).sort((a, b) => a.joinedAt - b.joinedAt);
}

export interface Member extends PublicUser {
  role: GuildRole;
  joinedAt: number;
}

/** Members of a guild, by user id. */
export async function listMembers(
  kv: Deno.Kv,
  guildId: string,
  { cursor, limit = 100 }: { cursor?: string; limit?: number } = {},
): Promise<Page<Member>> {
  const prefix = keys.guildMembers(guildId);
  const rows = kv.list<Membership>(
    cursor
      ? { prefix, start: after(keys.guildMember(guildId, cursor)) }
      : { prefix },
    { limit: limit + 1 },
  );
  const page = pageOf(
    await Array.fromAsync(rows, (row) => row.value),
    limit,
    (m) => m.userId,
  );
  const users = new Map(
    (await getUsers(kv, page.items.map((m) => m.userId))).map((
      user,
    ) => [user.id, user]),
  );
  const items = page.items.flatMap(({ userId, role, joinedAt }) => {
    const user = users.get(userId);
    return user ? [{ ...publicUser(user), role, joinedAt }] : [];
  });
  return { items, cursor: page.cursor };
}

/** The key right after `key`: its last part with the smallest character added. */
function after(key: Deno.KvKey): Deno.KvKey {
  return [...key.slice(0, -1), `${String(key.at(-1))}\u0000`];
}

function pageOf<T>(
  items: T[],
  limit: number,
  idOf: (item: T) => string,
): Page<T> {
  if (items.length <= limit) return { items, cursor: null };
  const page = items.slice(0, limit);
  return { items: page, cursor: idOf(page.at(-1)!) };
}
