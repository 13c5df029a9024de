import {
  type Bounty,
  type BountyAction,
  type Consequence,
  consequencesOf,
} from "../../bounties/mod.ts";
import { DAY, HOUR } from "../../clock.ts";
import type { Dispute, Vote } from "../../disputes/mod.ts";
import type { Mutation } from "../../kv/mod.ts";
import { TRUST_POINTS, type TrustChange } from "../../users/mod.ts";
import { type DisputeTale, liveDispute } from "../dispute_story.ts";
import { between } from "../random.ts";
import type { Deed } from "../story.ts";
import type { Crews } from "./guilds.ts";
import type { Life } from "./lives.ts";
import type { People, Person } from "./people.ts";
import { type CrowdPlan, idOf, pick, randomOf, workingTime } from "./plan.ts";
import { EVIDENCE, GRIEVANCES } from "./words.ts";

/** A dispute about work that was rejected, and what it does to the bounty and to people. */
export interface Quarrel {
  dispute: Dispute;
  votes: Vote[];
  jurors: Person[];
  rows: Mutation[];
  /** What it does to the bounty. */
  deeds: Deed[];
  consequences: (Consequence & { at: number })[];
}

/** Of rejected work most is disputed; the rest is swallowed. `null` when this one is not, or not yet. */
export function quarrelAbout(
  plan: CrowdPlan,
  people: People,
  crews: Crews,
  life: Life,
): Quarrel | null {
  const { bounty, worker, client } = life;
  if (bounty.state !== "rejected") return null;
  const random = randomOf(plan, "dispute", bounty.id);
  if (random() < 0.25) return null;
  const at = workingTime(
    random,
    bounty.endedAt! + between(random, 2, 60) * HOUR,
  );
  if (at >= plan.today) return null;
  const id = idOf(plan, at, "dispute", bounty.id);
  const jurors = aJury(plan, people, crews, life);
  const byId = new Map(jurors.map((one) => [one.user.id, one]));
  const raiserWins = random() < 0.5;
  const soonest = at + 2 * DAY + between(random, 1, 20) * HOUR;
  // Of the last ten days' disputes the tribunals are still voting: there is something to do.
  const called = at > plan.today - 10 * DAY
    ? Math.max(soonest, plan.today - between(random, 10, 50) * HOUR)
    : soonest;
  const votesAt = (n: number) =>
    called + (n + 1) * between(random, 3, 13) * HOUR;
  const ended = called + 3 * DAY;
  const settled = random() < 0.2;
  const tale: DisputeTale = {
    id,
    bounty,
    raiserId: worker.user.id,
    reason: pick(random, GRIEVANCES),
    at,
    evidence: [worker, client].map(({ user }, i) => ({
      authorId: user.id,
      text: pick(random, EVIDENCE),
      links: random() < 0.5
        ? [`https://example.org/${id.slice(-8).toLowerCase()}`]
        : [],
      at: at + (i + 1) * 5 * HOUR,
    })).filter((evidence) => evidence.at < plan.today),
  };
  const withdrawnAt = at + 36 * HOUR;
  if (settled) {
    if (withdrawnAt < plan.today) tale.withdrawnAt = withdrawnAt;
  } else if (called < plan.today && jurors.length >= 5) {
    tale.tribunal = {
      at: called,
      eligible: [...byId.keys()].sort(),
      vote: (_, n) => {
        const at = Math.min(votesAt(n), ended - HOUR);
        // The first three agree: there is always a majority.
        const forRaiser = n < 3 ? raiserWins : random() < 0.5;
        return at < plan.today ? { forRaiser, at } : null;
      },
      ...(ended < plan.today && { endedAt: ended }),
    };
  }
  const { dispute, votes, rows } = liveDispute({
    deviceOf: (userId) =>
      (byId.get(userId) ?? (userId === client.user.id ? client : worker))
        .device,
    idAt: (at, ...labels) => idOf(plan, at, ...labels),
  }, tale);
  const deeds: Deed[] = [{
    at,
    by: null,
    action: { verb: "dispute", disputeId: id, raiserId: worker.user.id },
  }];
  const end = endOf(dispute);
  if (end) deeds.push({ at: dispute.endedAt!, by: null, action: end });
  return {
    dispute,
    votes,
    jurors: dispute.jurorIds.map((juror) => byId.get(juror)!),
    rows,
    deeds,
    consequences: whatFollows(dispute, votes, bounty, end),
  };
}

/** Nobody with a stake: no party, nobody of the guild that did the work or of the client's guilds. */
function aJury(
  plan: CrowdPlan,
  people: People,
  crews: Crews,
  { client, worker, crew, bounty }: Life,
): Person[] {
  const random = randomOf(plan, "jury", bounty.id);
  const apart = new Set([crew.n, ...crews.guildsOf(client.n)]);
  const found = new Map<number, Person>();
  for (let tries = 0; tries < 200 && found.size < 11; tries++) {
    const person = people.at(between(random, 0, people.count - 1));
    if (person.n === client.n || person.n === worker.n) continue;
    if (person.user.trust < 500) continue;
    if (person.user.createdAt > bounty.createdAt - 7 * DAY) continue;
    if (crews.guildsOf(person.n).some((guild) => apart.has(guild))) continue;
    found.set(person.n, person);
  }
  return [...found.values()];
}

function endOf({ state, verdict, raiserId }: Dispute): BountyAction | null {
  if (state === "withdrawn") return { verb: "release" };
  if (state !== "resolved") return null;
  // The worker raises: found for them, the reward is due.
  return { verb: verdict!.forId === raiserId ? "award" : "deny" };
}

function whatFollows(
  dispute: Dispute,
  votes: Vote[],
  bounty: Bounty,
  end: BountyAction | null,
): Quarrel["consequences"] {
  if (dispute.state !== "resolved" || !end) return [];
  const at = dispute.endedAt!;
  const { id, verdict, raiserId, accusedId } = dispute;
  const link = `/disputes/${id}`;
  const lostBy = verdict!.forId === raiserId ? accusedId : raiserId;
  const change = (
    userId: string,
    reason:
      | "dispute_won"
      | "dispute_lost"
      | "dispute_frivolous"
      | "tribunal_vote",
    cause: string,
    counts: TrustChange["counts"],
  ) => ({
    at,
    userId,
    change: { delta: TRUST_POINTS[reason], reason, cause, counts, link },
  });
  const after = { ...bounty, workerId: raiserId };
  return [
    change(verdict!.forId, "dispute_won", `dispute:${id}:dispute_won`, {
      disputesWon: 1,
    }),
    change(lostBy, "dispute_lost", `dispute:${id}:dispute_lost`, {
      disputesLost: 1,
    }),
    ...verdict!.frivolous
      ? [change(raiserId, "dispute_frivolous", `dispute:${id}:frivolous`, {})]
      : [],
    ...votes.map(({ jurorId }) =>
      change(jurorId, "tribunal_vote", `dispute:${id}:1:tribunal_vote`, {
        votes: 1,
      })
    ),
    ...consequencesOf(bounty, after, end.verb).map((one) => ({ ...one, at })),
  ];
}
