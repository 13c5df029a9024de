import { z } from "zod";
import { commit, del, keys, type Mutation } from "../kv/mod.ts";
import { forgetRoom } from "../messages/mod.ts";
import type { NewJob, Queue } from "../queue/types.ts";
import { guildChannel } from "../realtime/mod.ts";
import type { GuildDeps } from "./change.ts";
import { endedApplication, endedInvitation } from "./petition_rows.ts";
import { registerOfficerJob } from "./officer_job.ts";
import { endApplication, endInvitation } from "./petitions.ts";
import { endedMembershipRows } from "./rows.ts";
import { getGuildStanding, guildStandingRows } from "./standing.ts";
import type { Application, Invitation, Membership } from "./types.ts";

export const FORGET_GUILD = "forget-guild";

const Payload = z.object({ guildId: z.string() });

/** Rows looked at for one commit; each is a handful of the 1000 mutations that a commit takes. */
const TOGETHER = 100;

/** Registers what is left to do after a guild has ended; before `queue.start()`. */
export function registerGuildJobs(
  queue: Queue,
  deps: Pick<GuildDeps, "kv" | "now">,
): void {
  registerOfficerJob(queue, deps);
  queue.handle(FORGET_GUILD, async (job, signal) => {
    const { guildId } = Payload.parse(job.payload);
    await forgetGuild({ ...deps, queue }, guildId, signal);
  });
}

/** Clears away what a guild left. Deleting twice is deleting once, so a second run is harmless. */
async function forgetGuild(
  { kv, now, queue }: Pick<GuildDeps, "kv" | "now" | "queue">,
  guildId: string,
  signal: AbortSignal,
): Promise<void> {
  const at = now();
  const clear = <T>(
    prefix: Deno.KvKey,
    rowsOf: (row: Deno.KvEntry<T>) => Cleared,
  ) => clearAll<T>({ kv, queue }, prefix, rowsOf, signal);
  await clear<Membership>(
    keys.guildMembers(guildId),
    ({ value }) => ({ mutations: endedMembershipRows(value) }),
  );
  // Whoever waits sees that they do not any more.
  await clear<Application>(
    keys.openApplications(guildId),
    ({ value }) =>
      endedApplication(
        endApplication(value, "withdraw", value.userId, at),
        null,
      ),
  );
  await clear<Invitation>(
    keys.openInvitations(guildId),
    ({ key, value }) =>
      value.expiresAt > at
        ? endedInvitation(endInvitation(value, "revoke", at), null, at)
        : { mutations: [del(key)] },
  );
  await clear(
    keys.guildBars(guildId),
    ({ key }) => ({ mutations: [del(key)] }),
  );
  await forgetRoom(kv, guildChannel(guildId), signal);
  const standing = await getGuildStanding(kv, guildId);
  await commit(kv, { mutations: guildStandingRows(null, standing) });
}

/** What deleting a row means. */
interface Cleared {
  mutations: Mutation[];
  jobs?: NewJob[];
}

/** Takes a prefix apart in bounded commits; `rowsOf` says what deleting a row means. */
async function clearAll<T>(
  { kv, queue }: Pick<GuildDeps, "kv" | "queue">,
  prefix: Deno.KvKey,
  rowsOf: (row: Deno.KvEntry<T>) => Cleared,
  signal: AbortSignal,
): Promise<void> {
  while (true) {
    signal.throwIfAborted();
    const rows = await Array.fromAsync(
      kv.list<T>({ prefix }, { limit: TOGETHER }),
    );
    if (rows.length === 0) return;
    const cleared = rows.map(rowsOf);
    const jobs = queue.plan(cleared.flatMap((one) => one.jobs ?? []));
    await commit(kv, {
      checks: jobs.checks,
      mutations: [
        ...cleared.flatMap(({ mutations }) => mutations),
        ...jobs.mutations,
      ],
    });
    queue.ring();
  }
}
