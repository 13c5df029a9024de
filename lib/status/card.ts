import { type Actor, maySeeStatus } from "../auth/policy.ts";
import type { Cache } from "../cache/mod.ts";
import { listGuildsOf } from "../guilds/mod.ts";
import { keys } from "../kv/mod.ts";
import { getPreferences } from "../notifications/mod.ts";
import type { Deps } from "../platform.ts";
import { getProfileByHandle, getUser } from "../users/mod.ts";
import { getStatus } from "./read.ts";
import type { PersonCard } from "./types.ts";

/** Of a zone that somebody never chose nothing follows: new accounts begin with this one. */
const UNCHOSEN = "UTC";

/**
 * What one wants to know of somebody whose name one presses: who they are, and, for those who share a guild or a
 * conversation with them, how they can be reached. `null` when nobody has the handle.
 */
export async function readCard(
  deps: Pick<Deps, "kv" | "now"> & { cache: Cache },
  reader: NonNullable<Actor>,
  handle: string,
): Promise<PersonCard | null> {
  const { kv } = deps;
  const user = await getProfileByHandle(deps, handle);
  if (user === null) return null;
  const [theirs, mine, [conversation, blocked, blocking], preferences] =
    await Promise.all([
      listGuildsOf(kv, user.id),
      listGuildsOf(kv, reader.id),
      kv.getMany([
        keys.conversation(reader.id, user.id),
        keys.block(reader.id, user.id),
        keys.block(user.id, reader.id),
      ]),
      getPreferences({ kv }, reader.id),
    ]);
  const own = new Set(mine.map(({ guild }) => guild.id));
  const guilds = theirs.filter(({ guild }) => own.has(guild.id))
    .map(({ guild: { id, name } }) => ({ id, name }));
  const open = maySeeStatus(reader, user.id, {
    guildsInCommon: guilds.length,
    conversation: conversation.value !== null,
    blockedByThem: blocking.value !== null,
  });
  const [status, account] = open
    ? await Promise.all([getStatus(deps, user.id), getUser(kv, user.id)])
    : [null, null];
  const timeZone = account?.timeZone ?? UNCHOSEN;
  const at = deps.now();
  return {
    user,
    status,
    timeZone: timeZone === UNCHOSEN ? null : timeZone,
    guilds,
    blocked: blocked.value !== null,
    muted: preferences.mutes.some(({ kind, id, until }) =>
      kind === "person" && id === user.id && (until === null || until > at)
    ),
  };
}
