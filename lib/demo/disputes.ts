import type { Bounty } from "../bounties/mod.ts";
import { DAY, HOUR } from "../clock.ts";
import { pickJurors } from "../disputes/mod.ts";
import type { Mutation } from "../kv/mod.ts";
import { type DisputeTale, liveDispute } from "./dispute_story.ts";
import { disputeChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { seededRandom } from "./random.ts";
import { speak } from "./schedule.ts";
import { agedActivity, lastOf, type StoryDeps } from "./story.ts";
import { Historian, messageOf } from "./talk.ts";
import { DISPUTES } from "./threads/disputes.ts";

/** Nobody of these is in Open Canvas, which did the work, or a partner of a party. */
const ELIGIBLE = [
  "demo_diego",
  "demo_ines",
  "demo_member",
  "demo_nora",
  "demo_omar",
  "demo_owner",
  "demo_ravi",
  "demo_tomas",
];

/** The disputes of the demo world: one that was settled, one whose tribunal votes. */
export function* demoDisputes(
  deps: StoryDeps,
  bounties: ReadonlyMap<string, Bounty>,
  users: ReadonlyMap<string, User>,
  today: number,
): Generator<Mutation[]> {
  for (const tale of [kiosk(bounties, today), icons(bounties, today)]) {
    const { rows } = liveDispute(drawing("demo_owner", deps, tale), tale);
    yield agedActivity(lastOf(rows), today);
    const random = seededRandom("dispute", tale.id);
    const historian = new Historian();
    for (
      const said of speak(random, DISPUTES[tale.id]!, tale.at + 3 * HOUR)
    ) {
      yield historian.rows(
        messageOf(0, disputeChannel(tale.id), said, users),
      );
    }
  }
}

function kiosk(bounties: ReadonlyMap<string, Bounty>, today: number) {
  return {
    id: "demo-dispute-kiosk",
    bounty: bounties.get("demo-bounty-kiosk")!,
    raiserId: "demo_diego",
    reason:
      "The preview shows the old prices. Either this is not the version that was handed in, or nobody looked.",
    at: today - 8 * DAY,
    evidence: [{
      authorId: "demo_owner",
      text:
        "The preview had been cached by the hall's proxy. With the address below it shows this season's prices.",
      links: ["https://example.org/kiosk/preview?fresh=1"],
      at: today - 8 * DAY + 5 * HOUR,
    }],
    withdrawnAt: today - 7 * DAY,
  } satisfies DisputeTale;
}

function icons(bounties: ReadonlyMap<string, Bounty>, today: number) {
  return {
    id: "demo-dispute-icons",
    bounty: bounties.get("demo-bounty-icons")!,
    raiserId: "demo_chloe",
    reason:
      "The brief asks for icons that read at 16 mm. Ours do. That rye and spelt should differ was never said before the review.",
    at: today - 9 * DAY - 6 * HOUR,
    evidence: [
      {
        authorId: "demo_chloe",
        text:
          "The brief as it was posted, and the sheet at full size. All 24 are on it, in both weights.",
        links: ["https://example.org/bakery/sheet"],
        at: today - 9 * DAY - 5 * HOUR,
      },
      {
        authorId: "demo_outsider",
        text:
          "“What is in it, what is not”: that is the first sentence of the brief. Two breads with the same icon do not say what is in them.",
        links: [],
        at: today - 8 * DAY,
      },
      {
        authorId: "demo_chloe",
        text: "A second sheet with an ear of spelt, made the day after.",
        links: ["https://example.org/bakery/sheet-2"],
        at: today - 7 * DAY - 20 * HOUR,
      },
    ],
    tribunal: {
      at: today - 9 * HOUR,
      eligible: ELIGIBLE,
      // The owner's vote is what is waited for.
      vote: (jurorId: string, n: number) =>
        jurorId === "demo_owner" || n > 3
          ? null
          : { forRaiser: n !== 1, at: today - 8 * HOUR + n * 2 * HOUR },
    },
  } satisfies DisputeTale;
}

/** Draws so that somebody is a juror: the demo's owner has something to decide. */
function drawing(
  wanted: string,
  deps: StoryDeps,
  { id, tribunal }: DisputeTale,
): StoryDeps {
  if (!tribunal) return deps;
  for (let n = 0;; n++) {
    const idAt: StoryDeps["idAt"] = (at, ...labels) =>
      labels.at(-1) === "draw"
        ? deps.idAt(at, ...labels, n)
        : deps.idAt(at, ...labels);
    const seed = `${id}:1:${idAt(tribunal.at, id, "draw")}`;
    if (pickJurors(seed, tribunal.eligible).includes(wanted)) {
      return { ...deps, idAt };
    }
  }
}
