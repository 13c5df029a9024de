import { z } from "zod";
import { commit, del, keys, type Mutation } from "../kv/mod.ts";
import { forgetRoom } from "../messages/mod.ts";
import type { Queue } from "../queue/types.ts";
import { guildChannel } from "../realtime/mod.ts";
import type { GuildDeps } from "./change.ts";
import { applicationRows, invitationRows } from "./petition_rows.ts";
import { endApplication, endInvitation } from "./petitions.ts";
import { endedMembershipRows } from "./rows.ts";
import { getGuildStanding, guildStandingRows } from "./standing.ts";
import type { Application, Invitation, Membership } from "./types.ts";

export const FORGET_GUILD = "forget-guild";

const Payload = z.object({ guildId: z.string() });

/** Rows looked at for one commit; each is at most three mutations of the 1000 that a commit takes. */
const TOGETHER = 250;

/** Registers what is left to do after a guild has ended; before `queue.start()`. */
export function registerGuildJobs(
  queue: Queue,
  deps: Pick<GuildDeps, "kv" | "now">,
): void {
  queue.handle(FORGET_GUILD, async (job, signal) => {
    const { guildId } = Payload.parse(job.payload);
    await forgetGuild(deps, guildId, signal);
  });
}

/** Clears away what a guild left. Deleting twice is deleting once, so a second run is harmless. */
async function forgetGuild(
  { kv, now }: Pick<GuildDeps, "kv" | "now">,
  guildId: string,
  signal: AbortSignal,
): Promise<void> {
  const at = now();
  const clear = <T>(
    prefix: Deno.KvKey,
    rowsOf: (row: Deno.KvEntry<T>) => Mutation[],
  ) => clearAll<T>(kv, prefix, rowsOf, signal);
  await clear<Membership>(
    keys.guildMembers(guildId),
    ({ value }) => endedMembershipRows(value),
  );
  // Whoever waits sees that they do not any more.
  await clear<Application>(
    keys.openApplications(guildId),
    ({ value }) =>
      applicationRows(endApplication(value, "withdraw", value.userId, at)),
  );
  await clear<Invitation>(
    keys.openInvitations(guildId),
    ({ key, value }) =>
      value.expiresAt > at
        ? invitationRows(endInvitation(value, "revoke", at), at)
        : [del(key)],
  );
  await clear(keys.guildBars(guildId), ({ key }) => [del(key)]);
  await forgetRoom(kv, guildChannel(guildId), signal);
  const standing = await getGuildStanding(kv, guildId);
  await commit(kv, { mutations: guildStandingRows(null, standing) });
}

/** Takes a prefix apart in bounded commits; `rowsOf` says what deleting a row means. */
async function clearAll<T>(
  kv: Deno.Kv,
  prefix: Deno.KvKey,
  rowsOf: (row: Deno.KvEntry<T>) => Mutation[],
  signal: AbortSignal,
): Promise<void> {
  while (true) {
    signal.throwIfAborted();
    const rows = await Array.fromAsync(
      kv.list<T>({ prefix }, { limit: TOGETHER }),
    );
    if (rows.length === 0) return;
    await commit(kv, { mutations: rows.flatMap(rowsOf) });
  }
}
