import type { Platform } from "../platform.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { createSentenceEncoder } from "./embedding/sentence_encoder.ts";
import { registerPreparation } from "./matching/mod.ts";
import {
  createMatchmaker,
  type Matchmaker,
  registerMatchmaker,
} from "./matchmaker/mod.ts";
import type { Model } from "./model/types.ts";

/** The agents of an isolate. */
export interface Intelligence {
  matchmaker: Matchmaker;
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

/** Registers the agents' jobs; before `queue.start()`. */
export async function setUpIntelligence(platform: Platform): Promise<void> {
  const { matchmaker, embedder } = await intelligenceOf(platform);
  const { kv, now, newId, log, queue } = platform;
  const deps = { kv, now, newId, log, queue, embedder };
  registerPreparation(queue, deps);
  registerMatchmaker(queue, deps, matchmaker);
}

async function open(platform: Platform): Promise<Intelligence> {
  const { kv, now } = platform;
  const embedder = createSentenceEncoder();
  platform.onClose(() => Promise.resolve(embedder.close()));
  const model = await modelOf(platform);
  return {
    embedder,
    matchmaker: createMatchmaker({ kv, now, embedder }, model),
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
