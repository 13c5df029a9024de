import { type Bounty, type BountyAction, newBounty } from "../bounties/mod.ts";
import { DAY } from "../clock.ts";
import type { Mutation } from "../kv/mod.ts";
import { agedActivity, type Deed, lastOf, liveBounty } from "./story.ts";
import type { StoryDeps } from "./story.ts";
import { type CastBounty, type CastDeed, WORK } from "./work.ts";

const personId = (name: string) => `demo_${name}`;

/** The bounties of the demo world, each with all its rows. */
export function* demoBounties(
  deps: StoryDeps,
  today: number,
): Generator<{ bounty: Bounty; rows: Mutation[] }> {
  for (const cast of WORK) {
    const { bounty, rows } = liveBounty(
      deps,
      draftOf(cast, today),
      deedsOf(cast, today),
    );
    yield { bounty, rows: agedActivity(lastOf(rows), today) };
  }
}

function draftOf(cast: CastBounty, today: number): Bounty {
  const { name, client, made, deadline, deeds: _, ...given } = cast;
  return newBounty({
    ...given,
    id: `demo-bounty-${name}`,
    clientId: personId(client),
    createdAt: today - made,
    deadline: deadline === undefined ? null : today + deadline * DAY - 1,
  });
}

function deedsOf(cast: CastBounty, today: number): Deed[] {
  let worker: string | null = null;
  return cast.deeds.map((deed) => {
    if (deed[1] === "accept") worker = personId(deed[3]);
    const action = actionOf(deed);
    const by = {
      submit: worker,
      accept: worker,
      match: null,
      expire: null,
      dispute: null,
      release: null,
    } as Record<string, string | null>;
    return {
      at: today - deed[0],
      by: deed[1] in by ? by[deed[1]]! : personId(cast.client),
      action,
    };
  });
}

function actionOf(deed: CastDeed): BountyAction {
  switch (deed[1]) {
    case "open":
    case "expire":
    case "release":
      return { verb: deed[1] };
    case "match": {
      const [, verb, guildId, score, ...reasons] = deed;
      return { verb, matches: [{ guildId, score, reasons }] };
    }
    case "accept":
      return { verb: "accept", guildId: deed[2], workerId: personId(deed[3]) };
    case "submit":
      return { verb: "submit", note: deed[2], url: deed[3] ?? null };
    case "approve":
    case "reject":
      return { verb: deed[1], rating: deed[2], note: deed[3] };
    case "askChanges":
      return { verb: "askChanges", note: deed[2] };
    case "cancel":
      return { verb: "cancel", note: deed[2] };
    case "dispute":
      return {
        verb: "dispute",
        disputeId: deed[2],
        raiserId: personId(deed[3]),
      };
  }
}
