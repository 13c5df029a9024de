import { z } from "zod";
import {
  type AccountDeps,
  confirmPassword,
  revokeSessions,
} from "../auth/mod.ts";
import type { Blobs } from "../blobs/mod.ts";
import type { Cache } from "../cache/mod.ts";
import { NexoraError } from "../errors.ts";
import {
  declineInvitation,
  leaveGuild,
  listApplicationsOf,
  listGuildsOf,
  listInvitationsOf,
  withdrawApplication,
} from "../guilds/mod.ts";
import {
  commit,
  del,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import {
  findPicture,
  forgetProfile,
  goneUserRows,
  profileChangedJob,
  type Standing,
  type User,
} from "../users/mod.ts";
import { FORGET_KIND } from "./forget_job.ts";
import { type Obstacle, obstaclesOf } from "./obstacles.ts";

/** What asks for the end of an account. */
export const AccountEnd = z.object({
  password: z.string({ error: "Enter your password" }).min(
    1,
    "Enter your password",
  ).max(200),
});
export type AccountEnd = z.infer<typeof AccountEnd>;

export type CloseDeps = AccountDeps & Pick<Deps, "queue"> & {
  blobs: Blobs;
  cache?: Cache;
};

/**
 * Ends an account for good. Guilds are left, all sessions end, handle and address are free again, profile, picture,
 * places and everything that was only theirs goes. What they did with others stays as it was (messages under the name
 * they were written with, finished bounties, verdicts, the ledger of payouts), by an id that is nobody any more.
 * Notifications call them a deleted account from then on; what others wrote, with their name in it, is others'.
 *
 * @throws {NexoraError} `bad_credentials`, `rate_limited`, `forbidden` for people of the demo world,
 * `illegal_transition` while others rely on them; `obstaclesOf` says for what
 */
export async function closeAccount(
  deps: CloseDeps,
  user: User,
  { password }: AccountEnd,
): Promise<void> {
  const { kv, now, queue, blobs } = deps;
  if (user.demo) {
    throw new NexoraError("forbidden", "People of the demo world stay");
  }
  await confirmPassword(deps, user, password, "password");
  const obstacles = await obstaclesOf(kv, user.id);
  if (obstacles.length > 0) {
    throw new NexoraError("illegal_transition", sentenceOf(obstacles));
  }
  // Each of these is whole by itself: who is interrupted is still there, and asks again.
  for (const { guild } of await listGuildsOf(kv, user.id)) {
    await leaveGuild(deps, guild.id, user.id);
  }
  // Nobody is left waiting for somebody who will not come.
  for (const { guildId } of await listApplicationsOf(deps, user.id)) {
    await withdrawApplication(deps, guildId, user.id);
  }
  for (const { guildId } of await listInvitationsOf(deps, user.id)) {
    await declineInvitation(deps, guildId, user.id);
  }
  const picture = await findPicture(blobs, user.id);
  const withPicture = picture ? blobs.planDelete(picture.info) : null;
  await retryConflicts(async () => {
    const [row, standing] = await kv.getMany<[User, Standing]>([
      keys.user(user.id),
      keys.standing(user.id),
    ]);
    if (row.value === null) return true;
    const jobs = queue.plan([
      { kind: FORGET_KIND, payload: { userId: user.id } },
      profileChangedJob(user.id),
      ...withPicture?.jobs ?? [],
    ]);
    const done = await commit(kv, {
      checks: [unchanged(row), ...jobs.checks],
      mutations: [
        ...goneUserRows(row.value, standing.value),
        set(keys.userGone(user.id), { at: now() }),
        del(keys.juror(user.id)),
        ...withPicture?.mutations ?? [],
        ...jobs.mutations,
      ],
    });
    return done || null;
  });
  queue.ring();
  // Without the user's row no session is anybody's; this closes the open sockets.
  await revokeSessions(deps, user.id);
  if (deps.cache) await forgetProfile(deps.cache, user.id);
}

const WHAT: Record<Obstacle["kind"], string> = {
  guild: "you own the guild",
  client: "you are the client of",
  worker: "you answer for the work on",
  dispute: "you are a party of the dispute about",
  tribunal: "you are a juror in the dispute about",
};

function sentenceOf([first]: Obstacle[]): string {
  return `Others still rely on you: ${WHAT[first!.kind]} “${
    first!.name
  }”. Hand it over or finish it first`;
}
