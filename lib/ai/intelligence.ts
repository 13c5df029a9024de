import type { Platform } from "../platform.ts";
import type { User } from "../users/mod.ts";
import {
  type Advice,
  adviseLocally,
  advisorRefinement,
} from "./advisor/mod.ts";
import { createAgent } from "./agent.ts";
import { readTrends } from "./answers.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { createSentenceEncoder } from "./embedding/sentence_encoder.ts";
import { createMatchmaker, type Matchmaker } from "./matchmaker/mod.ts";
import type { Model } from "./model/types.ts";
import {
  type Findings,
  type OracleWords,
  tellerRefinement,
  tellLocally,
} from "./teller/mod.ts";
import type { Agent } from "./told.ts";
import {
  analyseLocally,
  type TrendReport,
  trendsRefinement,
} from "./trends/mod.ts";

/** The agents of an isolate, all behind one port. */
export interface Intelligence {
  /** Bounty → guilds and people that it suits. For jobs: it may load the sentence encoder. */
  matchmaker: Matchmaker;
  /** Person → what to do next, and why. */
  advisor: Agent<User, Advice>;
  /** What rises and falls on the platform. */
  trends: Agent<void, TrendReport>;
  /** What the oracle found → words. */
  oracle: Agent<Findings, OracleWords>;
  /** The language model, where one is configured. */
  model: Model | null;
  /** For jobs. */
  embedder: Embedder;
}

const opened = new WeakMap<object, Promise<Intelligence>>();

/** The platform's agents; pages, jobs and the API share them. */
export function intelligenceOf(platform: Platform): Promise<Intelligence> {
  let found = opened.get(platform);
  if (!found) opened.set(platform, found = open(platform));
  return found;
}

async function open(platform: Platform): Promise<Intelligence> {
  const { kv, now } = platform;
  const embedder = createSentenceEncoder();
  platform.onClose(() => Promise.resolve(embedder.close()));
  const model = await modelOf(platform);
  const trends = () =>
    readTrends(platform).then(
      ({ value }) => value,
      // Advice without trends is better than none.
      () => null,
    );
  return {
    matchmaker: createMatchmaker({ kv, now, embedder }, model),
    advisor: createAgent({
      now,
      local: (user: User) => adviseLocally({ kv, now, trends }, user),
      refinement: advisorRefinement(now),
      model,
      worthAsking: ({ insights }) => insights.length > 0,
    }),
    trends: createAgent({
      now,
      local: (_: void, signal) => analyseLocally({ kv, now }, signal),
      refinement: trendsRefinement,
      model,
      worthAsking: ({ opened }) => opened.now + opened.before > 0,
    }),
    oracle: createAgent({
      now,
      local: (findings: Findings) => Promise.resolve(tellLocally(findings)),
      refinement: tellerRefinement,
      model,
      worthAsking: ({ findings }) => findings.anomalies.length > 0,
    }),
    model,
    embedder,
  };
}

/** The client is loaded only where an endpoint is configured. */
async function modelOf(
  { kv, now, config: { ai } }: Platform,
): Promise<Model | null> {
  if (!ai) return null;
  const { openModel } = await import("./model/client.ts");
  return openModel({ kv, now }, ai);
}
