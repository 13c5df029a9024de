import { MINUTE } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import { del, keys, set } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import { type Channel, userChannel } from "../../realtime/mod.ts";
import { getUser, type User } from "../../users/mod.ts";
import { auditRow } from "./audit.ts";
import type { MuteRequest } from "./fields.ts";
import type { ModerationDeps } from "./settings.ts";
import type { Mute, MuteChange } from "./types.ts";

/** Mutes of a room that are listed. */
const MOST = 200;

/**
 * Keeps somebody from writing in a room, for a time or until it is lifted; they are told. The actor administers it.
 *
 * @throws {NexoraError} `not_found` for who is not in the room, `forbidden` for officers, `bad_request` for the past
 */
export async function muteMember(
  deps: ModerationDeps,
  room: Channel,
  actor: Pick<User, "id">,
  userId: string,
  { until, reason }: MuteRequest,
): Promise<Mute> {
  const { kv, now, log, policy } = deps;
  const at = now();
  if (until !== null && until <= at) {
    throw new NexoraError("bad_request", undefined, {
      fields: { until: "A time to come" },
    });
  }
  const user = await getUser(kv, userId);
  if (!user || !await policy.may(user, "see", room)) {
    throw new NexoraError("not_found", "They are not in this room");
  }
  if (await policy.may(user, "administer", room)) {
    throw new NexoraError("forbidden", "Officers cannot be muted");
  }
  const { name: channel } = room;
  const mute: Mute = { channel, userId, until, reason, byId: actor.id, at };
  const data: MuteChange = { channel, mute };
  await log.append({
    events: [{ channel: userChannel(userId), event: "room:muted", data }],
    mutations: [
      // The policy looks at the time; that the row goes some day is only tidiness.
      set(
        keys.mute(channel, userId),
        mute,
        until === null ? undefined : until - at + MINUTE,
      ),
      auditRow(deps, {
        channel,
        at,
        actorId: actor.id,
        action: "member_muted",
        targetId: userId,
        detail: { until, reason },
      }),
    ],
  });
  return mute;
}

/** Lets somebody write again; nothing happens if they could. */
export async function unmuteMember(
  deps: ModerationDeps,
  channel: string,
  actor: Pick<User, "id">,
  userId: string,
): Promise<void> {
  const { kv, now, log } = deps;
  const key = keys.mute(channel, userId);
  if ((await kv.get(key)).value === null) return;
  const data: MuteChange = { channel, mute: null };
  await log.append({
    events: [{ channel: userChannel(userId), event: "room:muted", data }],
    mutations: [
      del(key),
      auditRow(deps, {
        channel,
        at: now(),
        actorId: actor.id,
        action: "member_unmuted",
        targetId: userId,
        detail: {},
      }),
    ],
  });
}

/** Who may not write in a room now. */
export async function listMutes(
  { kv, now }: Pick<Deps, "kv" | "now">,
  channel: string,
): Promise<Mute[]> {
  const rows = kv.list<Mute>({ prefix: keys.mutes(channel) }, { limit: MOST });
  const mutes = await Array.fromAsync(rows, (row) => row.value);
  return mutes.filter(({ until }) => until === null || until > now());
}
