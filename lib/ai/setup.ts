import { z } from "zod";
import type { Platform } from "../platform.ts";
import { getUser } from "../users/mod.ts";
import { keepInsights, keepTrends } from "./answers.ts";
import { intelligenceOf } from "./intelligence.ts";
import { ADVISE_KIND, ANALYSE_KIND } from "./jobs.ts";
import { registerPreparation } from "./matching/mod.ts";
import { preparePerson } from "./matching/needs.ts";
import { registerMatchmaker } from "./matchmaker/mod.ts";

const AdvisePayload = z.object({ userId: z.string() });

/** Registers the agents' jobs; before `queue.start()`. */
export async function setUpIntelligence(platform: Platform): Promise<void> {
  const { kv, now, newId, log, queue } = platform;
  const { matchmaker, advisor, trends, model, embedder } = await intelligenceOf(
    platform,
  );
  const deps = { kv, now, newId, log, queue, embedder };
  registerPreparation(queue, deps);
  registerMatchmaker(queue, deps, matchmaker);
  queue.handle(ADVISE_KIND, async (job, signal) => {
    const user = await getUser(kv, AdvisePayload.parse(job.payload).userId);
    if (user === null) return;
    // Somebody of whom nothing is known is not near to anything.
    if (user.bio !== "" || user.skills.length > 0) {
      await preparePerson(deps, user);
    }
    if (model) await keepInsights(platform, await advisor.ask(user, signal));
  });
  queue.handle(ANALYSE_KIND, async (_, signal) => {
    await keepTrends(platform, await trends.ask(undefined, signal));
  });
}
