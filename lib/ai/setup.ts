import { z } from "zod";
import type { Platform } from "../platform.ts";
import { getUser } from "../users/mod.ts";
import { keepInsights, keepOracleWords, keepTrends } from "./answers.ts";
import { intelligenceOf } from "./intelligence.ts";
import { ADVISE_KIND, ANALYSE_KIND, TELL_KIND } from "./jobs.ts";
import { registerPreparation } from "./matching/mod.ts";
import { preparePerson } from "./matching/needs.ts";
import { registerMatchmaker } from "./matchmaker/mod.ts";
import { Findings } from "./teller/mod.ts";

const AdvisePayload = z.object({ userId: z.string() });
const TellPayload = z.object({ runId: z.string(), findings: Findings });

/** Registers the agents' jobs; before `queue.start()`. */
export async function setUpIntelligence(platform: Platform): Promise<void> {
  const { kv, now, newId, log, queue } = platform;
  const { matchmaker, advisor, trends, oracle, model, embedder } =
    await intelligenceOf(platform);
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
  queue.handle(TELL_KIND, async (job, signal) => {
    const { runId, findings } = TellPayload.parse(job.payload);
    await keepOracleWords(platform, runId, await oracle.ask(findings, signal));
  });
}
