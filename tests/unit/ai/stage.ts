import type { Embedder } from "../../../lib/ai/embedding/embedder.ts";
import {
  createMatchmaker,
  registerMatchmaker,
} from "../../../lib/ai/matchmaker/mod.ts";
import { registerPreparation } from "../../../lib/ai/matching/mod.ts";
import type { Model } from "../../../lib/ai/model/types.ts";
import { registerNotificationJobs } from "../../../lib/notifications/mod.ts";
import { createGuild, type Guild, joinGuild } from "../../../lib/guilds/mod.ts";
import type { TestDeps } from "../../support/open_deps.ts";
import { waitFor } from "../../support/wait.ts";

/**
 * Stands in for the encoder where its quality is not the matter: texts that share the beginnings of words are near to
 * each other.
 */
export function fakeEmbedder(): Embedder & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    name: "fake",
    dimensions: 64,
    embed(texts) {
      asked.push(...texts);
      return Promise.resolve(texts.map((text) => {
        const vector = new Float32Array(64);
        for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? ["none"]) {
          let hash = 7;
          for (const letter of word.slice(0, 5)) {
            hash = hash * 31 + letter.charCodeAt(0) >>> 0;
          }
          vector[hash % 64]! += 1;
        }
        const length = Math.hypot(...vector);
        return vector.map((value) => value / length);
      }));
    },
    close() {},
  };
}

/** Three guilds with owners, an officer, and people who can things. */
export async function matchStage(
  deps: TestDeps,
  { model = null, embedder = fakeEmbedder() }: {
    model?: Model | null;
    embedder?: Embedder | null;
  } = {},
) {
  registerNotificationJobs(deps.queue, deps);
  const aiDeps = { ...deps, embedder };
  const matchmaker = createMatchmaker(aiDeps, model);
  registerMatchmaker(deps.queue, aiDeps, matchmaker);
  registerPreparation(deps.queue, aiDeps);
  const found = async (
    owner: string,
    name: string,
    description: string,
    skills: string[],
  ): Promise<Guild> => {
    const user = await deps.addUser(owner, { skills });
    return await createGuild(deps, user, { name, description, open: true });
  };
  const client = await deps.addUser("carl", { skills: ["kubernetes"] });
  const ops = await found(
    "olga",
    "Night Shift",
    "We keep clusters running and answer alerts at night.",
    ["kubernetes", "terraform"],
  );
  const copy = await found(
    "cora",
    "Plain Words",
    "Copywriters for products and landing pages.",
    ["copywriting"],
  );
  const art = await found(
    "arno",
    "Ink & Otter",
    "Illustrators of children's books.",
    ["illustration"],
  );
  const member = await deps.addUser("mia", { skills: ["monitoring"] });
  await joinGuild(deps, ops.id, member);
  return {
    client,
    guilds: { ops, copy, art },
    matchmaker,
    /** Runs all jobs that are due. */
    async settle() {
      deps.queue.start();
      await deps.queue.drain(20_000);
    },
    waitFor,
  };
}

/** A bounty that suits the first guild. */
export const OPS_WORK = {
  title: "Outages every Friday evening",
  description:
    "Our clusters fall over when many customers come at once. Alerts ring at night for nothing.",
  category: "engineering",
  skills: ["k8s", "observability"],
  reward: 1_200,
  deadline: null,
} as const;
