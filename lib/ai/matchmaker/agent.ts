import type { Bounty } from "../../bounties/mod.ts";
import { createAgent } from "../agent.ts";
import type { ProfileDeps } from "../matching/guild_profiles.ts";
import type { Model } from "../model/types.ts";
import type { Agent, Told } from "../told.ts";
import { proposeLocally } from "./local.ts";
import { type Judged, matchmakerRefinement } from "./refine.ts";
import type { Proposal } from "./types.ts";

/** Bounty → guilds and people that it suits. Runs in jobs: it may load the sentence encoder. */
export function createMatchmaker(
  deps: ProfileDeps,
  model: Model | null,
): Agent<Bounty, Proposal> {
  const judge = createAgent<
    Bounty,
    Judged,
    Parameters<
      typeof matchmakerRefinement.apply
    >[1]
  >({
    now: deps.now,
    local: async (bounty, signal) => ({
      bounty,
      proposal: await proposeLocally(deps, bounty, signal),
    }),
    refinement: matchmakerRefinement,
    model,
    worthAsking: ({ proposal }) => proposal.guilds.length > 0,
  });
  const bare = ({ value, ...told }: Told<Judged>): Told<Proposal> => ({
    ...told,
    value: value.proposal,
  });
  return {
    ask: (bounty, signal) => judge.ask(bounty, signal).then(bare),
    askLocally: (bounty, signal) => judge.askLocally(bounty, signal).then(bare),
  };
}
