import { listGuildsOf, listMembers } from "../guilds/mod.ts";
import type { Deps } from "../platform.ts";
import type { PublicUser } from "../users/mod.ts";

/** People looked at in each guild, and shown altogether. */
const A_GUILD = 30;
const MOST = 24;

/** People whom somebody shares a guild with, by name. */
export async function listAcquaintances(
  { kv }: Pick<Deps, "kv">,
  userId: string,
): Promise<PublicUser[]> {
  const guilds = await listGuildsOf(kv, userId);
  const members = await Promise.all(
    guilds.map(({ guild }) => listMembers(kv, guild.id, { limit: A_GUILD })),
  );
  const people = new Map<string, PublicUser>();
  for (
    const { role: _, joinedAt: __, ...person } of members.flatMap((page) =>
      page.items
    )
  ) {
    if (person.id !== userId) people.set(person.id, person);
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, MOST);
}
