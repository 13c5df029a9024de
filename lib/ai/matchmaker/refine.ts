import { z } from "zod";
import type { Bounty } from "../../bounties/mod.ts";
import { UnfitAnswer } from "../model/failure.ts";
import { plainLine } from "../model/text.ts";
import type { Refinement } from "../told.ts";
import { cut } from "../words.ts";
import type { Proposal } from "./types.ts";

const Answer = z.object({
  guilds: z.array(z.object({
    id: z.string(),
    fits: z.number().min(0).max(1),
    reasons: z.array(plainLine(180)).min(1).max(3),
  })).max(5),
});

type Answer = z.infer<typeof Answer>;

/** A proposal together with the words that a model judges it by. */
export interface Judged {
  proposal: Proposal;
  bounty: Bounty;
}

/** A model puts the proposed guilds in another order, leaves some out, and words the reasons. It adds none. */
export const matchmakerRefinement: Refinement<Judged, Answer> = {
  name: "bounty_match",
  task:
    "Decide which of the guilds suit the bounty. Order them by how well they do, leave out those that do not, give each " +
    "a number from 0 to 1 and up to three reasons of at most 160 characters that the client understands.",
  data: ({ proposal, bounty }) => ({
    bounty: {
      title: bounty.title,
      description: cut(bounty.description, 2_000),
      category: bounty.category,
      skills: bounty.skills,
    },
    guilds: proposal.guilds.map(({ guildId, name, score, reasons }) => ({
      id: guildId,
      name,
      score,
      facts: reasons,
    })),
  }),
  schema: Answer,
  apply({ proposal, bounty }, { guilds }) {
    const known = new Map(proposal.guilds.map((g) => [g.guildId, g]));
    const chosen: Proposal["guilds"] = [];
    for (const { id, fits, reasons } of guilds) {
      const guild = known.get(id);
      if (!guild) {
        throw new UnfitAnswer(
          "invalid_answer",
          "It names a guild that was not shown, or one twice",
        );
      }
      known.delete(id);
      chosen.push({ ...guild, score: Math.round(fits * 100) / 100, reasons });
    }
    // Leaving out everybody is nothing that a client can use: then the local order stands.
    return {
      bounty,
      proposal: chosen.length > 0 ? { ...proposal, guilds: chosen } : proposal,
    };
  },
};
