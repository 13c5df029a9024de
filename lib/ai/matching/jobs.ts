import { z } from "zod";
import { DAY } from "../../clock.ts";
import { DESCRIBE_GUILD_KIND, listGuilds } from "../../guilds/mod.ts";
import { keys } from "../../kv/mod.ts";
import type { Queue } from "../../queue/types.ts";
import { prepareGuild, type ProfileDeps } from "./guild_profiles.ts";

/** All guilds are looked through this often: members' skills and finished work change without a word to anybody. */
const LOOKED_THROUGH = DAY;
const PREPARE_KIND = "prepare-guilds";

/** Registers what keeps guilds prepared; before `queue.start()`. */
export function registerPreparation(queue: Queue, deps: ProfileDeps): void {
  queue.handle(DESCRIBE_GUILD_KIND, async (job) => {
    const { guildId } = z.object({ guildId: z.string() }).parse(job.payload);
    await prepareGuild(deps, guildId);
  });
  queue.handle(PREPARE_KIND, (_, signal) => prepareGuilds(deps, signal));
}

/**
 * Sees to it that guilds are prepared before a bounty is matched: at once where they never were, else behind the back
 * of whoever matches, once a day. The same guild again costs two reads.
 */
export async function ensurePrepared(
  deps: ProfileDeps & { queue: Queue },
  signal: AbortSignal,
): Promise<void> {
  const { value } = await deps.kv.get<number>(keys.guildsPrepared());
  if (value === null) return await prepareGuilds(deps, signal);
  if (deps.now() - value > LOOKED_THROUGH) {
    await deps.queue.enqueue({
      kind: PREPARE_KIND,
      payload: {},
      uniqueKey: PREPARE_KIND,
    });
  }
}

/** Prepares every guild that needs it. Killed, it goes on where it was: what is prepared is only compared. */
async function prepareGuilds(
  deps: ProfileDeps,
  signal: AbortSignal,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await listGuilds(deps.kv, { cursor });
    for (const { id } of page.items) {
      signal.throwIfAborted();
      await prepareGuild(deps, id);
    }
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  await deps.kv.set(keys.guildsPrepared(), deps.now());
}
