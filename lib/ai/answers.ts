import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { insightsKey, trendingKey } from "../cache/mod.ts";
import { HOUR, MINUTE } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import type { Platform } from "../platform.ts";
import type { User } from "../users/mod.ts";
import { type Advice, adviseNow, basisOf, brought } from "./advisor/mod.ts";
import { intelligenceOf } from "./intelligence.ts";
import { adviseJob, analyseJob, tellJob } from "./jobs.ts";
import type { Findings, OracleWords } from "./teller/mod.ts";
import type { Told } from "./told.ts";
import type { TrendReport } from "./trends/mod.ts";

/** What a page shows: an answer, and whether it is older than it should be. */
export interface Shown<T> extends Told<T> {
  /** A newer one is being made: say so. */
  stale: boolean;
}

/** Each looks through a person's rows, and may cost a request to a model. */
const REFRESHES: AttemptLimit = {
  scope: "insights-refresh",
  free: 5,
  firstDelay: 5 * MINUTE,
  maxDelay: HOUR,
  forgetAfter: 6 * HOUR,
};

const adviceKey = (userId: string) =>
  insightsKey<Told<Advice>>("advisor", userId);

/**
 * What somebody is told about themselves. Kept for a day; what waits for them is read anew each time. Never waits for a
 * model: a job asks it, and its answer is there the next time.
 */
export async function readInsights(
  platform: Platform,
  user: User,
): Promise<Shown<Advice>> {
  const { cache } = platform;
  const key = adviceKey(user.id);
  const load = () => askAdvisor(platform, user);
  const [first, live] = await Promise.all([
    cache.answer(key, load),
    adviseNow(platform, user),
  ]);
  let { value, stale } = first;
  if (value === null || value.value.basis !== basisOf(user)) {
    value = await load();
    stale = false;
    await cache.set(key, value);
  }
  return { ...value, value: brought(value.value, live), stale };
}

/**
 * Looks at everything anew.
 *
 * @throws {NexoraError} `rate_limited`
 */
export async function refreshInsights(
  platform: Platform,
  user: User,
): Promise<Shown<Advice>> {
  await countAttempt(platform, REFRESHES, user.id);
  const told = await askAdvisor(platform, user);
  await platform.cache.set(adviceKey(user.id), told);
  return { ...told, stale: false };
}

async function askAdvisor(
  platform: Platform,
  user: User,
): Promise<Told<Advice>> {
  const { advisor } = await intelligenceOf(platform);
  const told = await advisor.askLocally(user);
  await platform.queue.enqueue(adviseJob(user.id));
  return told;
}

/** What rises and falls on the platform. Kept for an hour. */
export async function readTrends(
  platform: Platform,
): Promise<Shown<TrendReport>> {
  const { cache, queue } = platform;
  const { trends, model } = await intelligenceOf(platform);
  const { value, stale } = await cache.answer(TRENDS, async (signal) => {
    const told = await trends.askLocally(undefined, signal);
    if (model) await queue.enqueue(analyseJob());
    return told;
  });
  // The loader never says that there is none.
  if (value === null) throw new NexoraError("internal");
  return { ...value, stale };
}

const TRENDS = trendingKey<Told<TrendReport>>("platform");

/** Keeps what a model has bettered. */
export async function keepInsights(
  { cache }: Pick<Platform, "cache">,
  told: Told<Advice>,
): Promise<void> {
  await cache.set(adviceKey(told.value.userId), told);
}

export async function keepTrends(
  { cache }: Pick<Platform, "cache">,
  told: Told<TrendReport>,
): Promise<void> {
  await cache.set(TRENDS, told);
}

const wordsKey = (runId: string) =>
  insightsKey<Told<OracleWords>>("oracle", runId);

/** Anomalies that are told about; the riskiest come first. */
const TOLD_ABOUT = 40;

/** What a run of the oracle found, in words. A model's words are kept for a day. */
export async function readOracleWords(
  platform: Platform,
  runId: string,
  { anomalies, ...given }: Findings,
): Promise<Shown<OracleWords>> {
  const { oracle, model } = await intelligenceOf(platform);
  const kept = await platform.cache.get(wordsKey(runId));
  if (kept) return { ...kept, stale: false };
  const findings = { ...given, anomalies: anomalies.slice(0, TOLD_ABOUT) };
  if (model && anomalies.length > 0) {
    await platform.queue.enqueue(tellJob(runId, findings));
  }
  return { ...await oracle.askLocally({ ...given, anomalies }), stale: false };
}

export async function keepOracleWords(
  { cache }: Pick<Platform, "cache">,
  runId: string,
  told: Told<OracleWords>,
): Promise<void> {
  await cache.set(wordsKey(runId), told);
}
