import { keys } from "../kv/mod.ts";
import { getUsers, type PublicUser, publicUser } from "../users/mod.ts";
import type { GuildDeps } from "./change.ts";
import { getGuild } from "./find.ts";
import { isOpenApplication, isOpenInvitation } from "./petitions.ts";
import type { Application, Guild, Invitation } from "./types.ts";

type Reading = Pick<GuildDeps, "kv" | "now">;

/** Shown at once; officers answer the oldest first, so the others come up. */
const MOST = 100;

export type Applicant = Application & { user: PublicUser };
export type Invited = Invitation & { user: PublicUser };

/** Applications that wait, the oldest first, at most 100. */
export async function listApplications(
  { kv }: Reading,
  guildId: string,
): Promise<Applicant[]> {
  const rows = kv.list<Application>(
    { prefix: keys.openApplications(guildId) },
    { limit: MOST },
  );
  return await withUsers(kv, await valuesOf(rows));
}

/** Invitations that nobody has answered yet, the oldest first, at most 100. */
export async function listInvitations(
  { kv, now }: Reading,
  guildId: string,
): Promise<Invited[]> {
  const rows = kv.list<Invitation>(
    { prefix: keys.openInvitations(guildId) },
    { limit: MOST },
  );
  const open = (await valuesOf(rows)).filter((one) =>
    isOpenInvitation(one, now())
  );
  return await withUsers(kv, open);
}

/** Where somebody has applied and waits. */
export async function listApplicationsOf(
  { kv }: Pick<Reading, "kv">,
  userId: string,
): Promise<(Application & { guild: Guild })[]> {
  const rows = kv.list<Application>(
    { prefix: keys.applicationsOfUser(userId) },
    { limit: MOST },
  );
  return await withGuilds(kv, (await valuesOf(rows)).filter(isOpenApplication));
}

/** Whereto somebody is invited. */
export async function listInvitationsOf(
  { kv, now }: Reading,
  userId: string,
): Promise<(Invitation & { guild: Guild })[]> {
  const rows = kv.list<Invitation>(
    { prefix: keys.invitationsOfUser(userId) },
    { limit: MOST },
  );
  const open = (await valuesOf(rows)).filter((one) =>
    isOpenInvitation(one, now())
  );
  return await withGuilds(kv, open);
}

function valuesOf<T>(rows: AsyncIterable<Deno.KvEntry<T>>): Promise<T[]> {
  return Array.fromAsync(rows, (row) => row.value);
}

async function withUsers<T extends { userId: string }>(
  kv: Deno.Kv,
  rows: T[],
): Promise<(T & { user: PublicUser })[]> {
  const users = await getUsers(kv, rows.map((row) => row.userId));
  const byId = new Map(users.map((user) => [user.id, publicUser(user)]));
  return rows.flatMap((row) => {
    const user = byId.get(row.userId);
    return user ? [{ ...row, user }] : [];
  });
}

async function withGuilds<T extends { guildId: string }>(
  kv: Deno.Kv,
  rows: T[],
): Promise<(T & { guild: Guild })[]> {
  const guilds = await Promise.all(
    rows.map((row) => getGuild(kv, row.guildId)),
  );
  return rows.flatMap((row, i) => {
    const guild = guilds[i];
    return guild ? [{ ...row, guild }] : [];
  });
}
