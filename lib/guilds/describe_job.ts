import { MINUTE } from "../clock.ts";
import type { NewJob } from "../queue/types.ts";

/** Handled by the matchmaker (`lib/ai`); payload `{guildId}`. */
export const DESCRIBE_GUILD_KIND = "describe-guild";

/** Changes come in bursts, and the first one that is looked at covers them all. */
const LATER = 2 * MINUTE;

/** Tells the matchmaker that a guild's words or members have changed; of the change's own atomic. */
export function describeGuildJob(guildId: string): NewJob {
  return { kind: DESCRIBE_GUILD_KIND, payload: { guildId }, delay: LATER };
}
