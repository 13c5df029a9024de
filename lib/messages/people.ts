import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { Channel } from "../realtime/mod.ts";
import { fold } from "../search/mod.ts";
import { getUsers, type User } from "../users/mod.ts";

/** Somebody who can be named in a room. */
export type Mentionable = Pick<User, "id" | "handle" | "name">;

/** Members of a room that are looked at; a larger guild's are found by typing more of their handle elsewhere. */
const LOOKED_AT = 500;

/** Whom one can name in a room: its people whose handle or name begins with what was typed, by handle. */
export async function findPeople(
  { kv }: Pick<Deps, "kv">,
  room: Channel,
  typed: string,
  limit = 10,
): Promise<Mentionable[]> {
  const ids = await peopleOf(kv, room);
  const wanted = fold(typed.trim());
  const users = await getUsers(kv, ids);
  const fits = ({ handle, name }: User) =>
    wanted === "" || handle.startsWith(wanted) ||
    fold(name).split(/\s+/).some((part) => part.startsWith(wanted)) ||
    fold(name).startsWith(wanted);
  return users.filter(fits)
    .sort((a, b) => a.handle < b.handle ? -1 : 1)
    .slice(0, limit)
    .map(({ id, handle, name }) => ({ id, handle, name }));
}

/** Ids of the people of a room. */
export async function peopleOf(
  kv: Deno.Kv,
  { subject }: Channel,
  limit = LOOKED_AT,
): Promise<string[]> {
  if (subject.kind === "dm") return [...subject.userIds];
  const prefix = subject.kind === "guild"
    ? keys.guildMembers(subject.guildId)
    : subject.kind === "dispute"
    ? keys.disputeParties(subject.disputeId)
    : null;
  if (prefix === null) return [];
  const rows = kv.list({ prefix }, { limit });
  return await Array.fromAsync(rows, ({ key }) => String(key.at(-1)));
}
