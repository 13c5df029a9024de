import { activityOf } from "../../activity/mod.ts";
import { DAY } from "../../clock.ts";
import { guildStandingRows, newGuildStanding } from "../../guilds/mod.ts";
import { keys, type Mutation, set } from "../../kv/mod.ts";
import { newUserRows, type TrustChange } from "../../users/mod.ts";
import { between } from "../random.ts";
import { agedActivity, lastOf, liveBounty } from "../story.ts";
import { crewRows } from "./crews.ts";
import { Crews } from "./guilds.ts";
import { Inboxes } from "./inboxes.ts";
import { Later } from "./later.ts";
import { PeopleLedger } from "./ledger.ts";
import { bountyLife } from "./lives.ts";
import { bountyNews, disputeNews } from "./news.ts";
import { People } from "./people.ts";
import { type CrowdPlan, idOf, liveliness, randomOf } from "./plan.ts";
import { quarrelAbout } from "./quarrels.ts";
import { directTalk, disputeTalk, guildTalk } from "./talk.ts";

/** Bounties that a person posts a day, on average. */
const POSTED = 0.012;

/** How far the telling is; for a progress bar. */
export interface CrowdProgress {
  stage: "guilds" | "days" | "people" | "done";
  /** Of `total`. */
  done: number;
  total: number;
}

/** Somebody's trust that changes when its time comes. */
interface Due {
  at: number;
  n: number;
  change: TrustChange;
}

/**
 * The rows of a world of any size, in groups that belong together, streaming: guilds and what is said in them, then the
 * days with their bounties, disputes and what they do to people, then the people as they are in the end. The same plan
 * gives the same rows in the same order. What is kept while it runs is a few numbers a person.
 */
export function* crowdRows(
  plan: CrowdPlan,
  progress: CrowdProgress = newProgress(plan),
): Generator<Mutation[]> {
  const people = new People(plan);
  const crews = new Crews(plan, people);
  const inboxes = new Inboxes(plan, people);
  const ledger = new PeopleLedger(plan, people);
  const standings = guildStandings(plan);
  const aged = (rows: Mutation[]) => agedActivity(lastOf(rows), plan.today);

  progress.stage = "guilds";
  for (let n = 0; n < plan.guilds; n++, progress.done += GUILD) {
    const crew = crews.at(n);
    for (const rows of crewRows(plan, people, crews, inboxes, crew)) {
      yield aged(rows);
    }
    for (const rows of guildTalk(plan, people, crew, inboxes)) yield aged(rows);
  }

  progress.stage = "days";
  const later = new Later<Due>();
  for (const { n, day } of bountyDays(plan)) {
    for (const due of later.until(day)) yield take(due);
    const life = bountyLife(plan, people, crews, n, day);
    const quarrel = quarrelAbout(plan, people, crews, life);
    const known = new Map(
      [life.client, life.worker, ...quarrel?.jurors ?? []]
        .map((person) => [person.user.id, person]),
    );
    const { rows } = liveBounty(
      {
        guildOf: () => life.crew.guild,
        deviceOf: (id) => known.get(id)!.device,
        idAt: (at, ...labels) => idOf(plan, at, ...labels),
      },
      life.draft,
      [...life.deeds, ...quarrel?.deeds ?? []],
    );
    yield aged([
      ...rows,
      ...bountyNews(inboxes, life),
      ...quarrel
        ? [...quarrel.rows, ...disputeNews(inboxes, life, quarrel)]
        : [],
    ]);
    if (quarrel) {
      for (const rows of disputeTalk(plan, life, quarrel)) yield aged(rows);
    }
    for (
      const { at, userId, change } of [
        ...life.consequences,
        ...quarrel?.consequences ?? [],
      ]
    ) {
      later.add({ at, n: known.get(userId)!.n, change });
      if (userId === life.worker.user.id && change.counts) {
        standings.count(life.crew.n, change.counts);
      }
    }
    progress.done += BOUNTY;
  }
  for (const due of later.until(plan.today)) yield take(due);

  progress.stage = "people";
  // Before anybody's counts are closed.
  for (let n = 0; n < plan.users; n++) {
    for (const rows of directTalk(plan, people, crews, inboxes, n)) {
      yield aged(rows);
    }
  }
  for (let n = 0; n < plan.users; n++, progress.done += PERSON) {
    const { user, rows } = ledger.end(n);
    const { device } = people.at(n);
    const did = (kind: "user_registered" | "user_signed_in", at: number) => {
      const id = idOf(plan, at, kind, n);
      return set(
        keys.activity(at, id),
        activityOf({ id, at, kind, actorId: user.id, device }),
      );
    };
    const away = plan.today - user.lastActiveAt;
    yield aged([
      ...newUserRows(user).mutations.filter(({ key }) =>
        key[0] !== "jurors" || away < 30 * DAY
      ),
      ...rows,
      ...inboxes.end(n),
      ...(user.createdAt > plan.today - 100 * DAY
        ? [did("user_registered", user.createdAt)]
        : []),
      did("user_signed_in", user.lastActiveAt),
    ]);
  }
  for (let n = 0; n < plan.guilds; n++) {
    yield guildStandingRows(standings.end(n, crews.at(n).guild.id));
  }
  progress.stage = "done";

  function take({ n, change, at }: Due): Mutation[] {
    const { rows, rank } = ledger.change(n, change, at);
    if (!rank) return rows;
    const { from, to } = rank;
    const up = change.delta >= 0;
    return [
      ...rows,
      ...inboxes.tell(n, at, {
        type: "rank_changed",
        data: { from, to, direction: up ? "up" : "down" },
      }),
    ];
  }
}

// What a guild (with what is said in it), a bounty and a person cost, roughly.
const GUILD = 40;
const BOUNTY = 3;
const PERSON = 1;

export function newProgress(plan: CrowdPlan): CrowdProgress {
  let bounties = 0;
  for (const _ of bountyDays(plan)) bounties++;
  const total = plan.guilds * GUILD + bounties * BOUNTY + plan.users * PERSON;
  return { stage: "guilds", done: 0, total };
}

/** The bounties by the day on which each is made: many on working days, few on others. */
function* bountyDays(
  plan: CrowdPlan,
): Generator<{ n: number; day: number }> {
  const { users, days, today } = plan;
  let n = 0;
  let owed = 0;
  for (let ago = days; ago >= 1; ago--) {
    const day = today - ago * DAY;
    owed += users * POSTED * liveliness(day) * 1.3;
    for (; owed >= 1; owed--) yield { n: n++, day };
  }
}

/** Counters of guilds, a few numbers each. */
function guildStandings(plan: CrowdPlan) {
  const fields = [
    "completed",
    "rejected",
    "ratingCount",
    "ratingSum",
    "earned",
  ] as const;
  const counts = new Float64Array(plan.guilds * fields.length);
  const add = (n: number, field: typeof fields[number], by: number) => {
    counts[n * fields.length + fields.indexOf(field)]! += by;
  };
  for (let n = 0; n < plan.guilds; n++) {
    const random = randomOf(plan, "guild past", n);
    const completed = between(random, 5, 90);
    add(n, "completed", completed);
    add(n, "ratingCount", completed);
    add(n, "ratingSum", Math.round(completed * (4.1 + random() * 0.8)));
    add(n, "earned", completed * between(random, 200, 700));
  }
  return {
    count(n: number, { rating, ...given }: NonNullable<TrustChange["counts"]>) {
      add(n, "completed", given.completed ?? 0);
      add(n, "rejected", given.rejected ?? 0);
      add(n, "earned", given.earned ?? 0);
      if (rating === undefined) return;
      add(n, "ratingCount", 1);
      add(n, "ratingSum", rating);
    },
    end(n: number, guildId: string) {
      const standing = newGuildStanding(guildId);
      fields.forEach((field, i) => {
        standing[field] = counts[n * fields.length + i]!;
      });
      return standing;
    },
  };
}
