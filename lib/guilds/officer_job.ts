import { z } from "zod";
import { keys } from "../kv/mod.ts";
import { SETTLE_KIND, type Settling } from "../notifications/asks.ts";
import type { NewJob, Queue } from "../queue/types.ts";
import type { GuildDeps } from "./change.ts";
import { askOf } from "./petition_rows.ts";
import type { Application, Guild } from "./types.ts";

const KIND = "guild-officer-gone";

const Payload = z.object({ guildId: z.string(), userId: z.string() });

/** The job that asks somebody who leads a guild no more for no answers to its applications any more. */
export function officerGoneJob(guildId: string, userId: string): NewJob {
  return { kind: KIND, payload: { guildId, userId } };
}

/** Registers its handler; before `queue.start()`. */
export function registerOfficerJob(
  queue: Queue,
  { kv }: Pick<GuildDeps, "kv">,
): void {
  queue.handle(KIND, async (job) => {
    const { guildId, userId } = Payload.parse(job.payload);
    const guild = await kv.get<Guild>(keys.guild(guildId));
    // They lead it again.
    if (guild.value?.officerIds.includes(userId)) return;
    const open = kv.list<Application>({
      prefix: keys.openApplications(guildId),
    });
    for await (const { value } of open) {
      const payload: Settling = {
        ask: askOf.application(value),
        outcome: "closed",
        byId: null,
        userIds: [userId],
      };
      await queue.enqueue({ kind: SETTLE_KIND, payload });
    }
  });
}
