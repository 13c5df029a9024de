import {
  type Bounty,
  type BountyAction,
  type Consequence,
  consequencesOf,
  newBounty,
  transition,
} from "../../bounties/mod.ts";
import { DAY, HOUR } from "../../clock.ts";
import { between, type Random } from "../random.ts";
import type { Deed } from "../story.ts";
import type { Crew, Crews } from "./guilds.ts";
import { PLACES } from "./names.ts";
import type { People, Person } from "./people.ts";
import {
  type CrowdPlan,
  idOf,
  pick,
  randomOf,
  timeOn,
  workingTime,
} from "./plan.ts";
import {
  CALLED_OFF,
  CHANGES,
  HANDED_IN,
  LUKEWARM,
  PRAISE,
  REASONS,
  REJECTIONS,
} from "./words.ts";

/** A bounty from its making to its end, or to `today`. */
export interface Life {
  draft: Bounty;
  deeds: Deed[];
  client: Person;
  crew: Crew;
  /** Who accepts it, if anybody does. */
  worker: Person;
  /** What follows for people, each at its time. */
  consequences: (Consequence & { at: number })[];
  bounty: Bounty;
}

/** How a bounty of the past begins on a day; the same one for the same number, whatever came before. */
export function bountyLife(
  plan: CrowdPlan,
  people: People,
  crews: Crews,
  n: number,
  day: number,
): Life {
  const random = randomOf(plan, "bounty", n);
  const crew = crews.at(between(random, 0, crews.count - 1));
  const worker = people.at(
    crew.members[between(random, 0, crew.leaders - 1)]!,
  );
  const client = aClient(random, people, crews, crew, day);
  const [title, task, done] = pick(random, crew.craft.tasks);
  const place = pick(random, PLACES);
  const createdAt = Math.max(
    client.user.createdAt + HOUR,
    timeOn(random, day, client.ahead),
  );
  const reward = Math.round(
    Math.exp(5.2 + random() * 2.9) / 10,
  ) * 10;
  const deadline = random() < 0.6
    ? Math.floor(createdAt / DAY) * DAY + between(random, 8, 40) * DAY - 1
    : null;
  const draft = newBounty({
    id: idOf(plan, createdAt, "bounty", n),
    clientId: client.user.id,
    title: title.replace("{place}", place),
    description: `${task}\n\nIt is finished when this is true: ${done}`,
    category: crew.craft.category,
    skills: crew.craft.skills.slice(0, between(random, 2, 4)),
    reward,
    deadline,
    createdAt,
  });
  const life: Life = {
    draft,
    deeds: [],
    client,
    crew,
    worker,
    consequences: [],
    bounty: draft,
  };
  const tell = new Teller(plan, life);
  live(random, tell, life, plan.today);
  return life;
}

/** Somebody who is not in the guild that will do it. */
function aClient(
  random: Random,
  people: People,
  crews: Crews,
  crew: Crew,
  day: number,
): Person {
  for (let tries = 0;; tries++) {
    const person = people.at(between(random, 0, people.count - 1));
    const fits = person.user.createdAt < day &&
      !crews.isMember(crew.n, person.n);
    // In a world of one guild everybody may be in it: then nobody accepts, see `live`.
    if (fits || tries > 40) return person;
  }
}

/** Tells what happened until today comes, and lets the deadline strike where it would have. */
class Teller {
  readonly #plan: CrowdPlan;
  readonly #life: Life;
  #over = false;

  constructor(plan: CrowdPlan, life: Life) {
    this.#plan = plan;
    this.#life = life;
  }

  /** `false` when it did not come to it. */
  tell(at: number, by: string | null, action: BountyAction): boolean {
    const life = this.#life;
    const { deadline, state } = life.bounty;
    const strikes = deadline !== null && deadline < at &&
      ["open", "matched", "accepted"].includes(state);
    if (!this.#over && strikes && deadline < this.#plan.today) {
      this.#add(deadline, null, { verb: "expire" });
      this.#over = true;
    }
    if (this.#over || at >= this.#plan.today) {
      this.#over = true;
      return false;
    }
    this.#add(at, by, action);
    return true;
  }

  #add(at: number, by: string | null, action: BountyAction): void {
    const life = this.#life;
    const before = life.bounty;
    life.bounty = transition(before, action, at);
    life.deeds.push({ at, by, action });
    for (const one of consequencesOf(before, life.bounty, action.verb)) {
      life.consequences.push({ ...one, at });
    }
  }
}

/** What usually becomes of bounties, and what sometimes does. */
function live(
  random: Random,
  teller: Teller,
  life: Life,
  today: number,
): void {
  const { client, worker, crew } = life;
  const by = client.user.id;
  let at = life.draft.createdAt;
  const later = (least: number, most: number) =>
    at = workingTime(random, at + least + random() * (most - least));
  if (random() < 0.04) return;
  if (!teller.tell(later(60_000, HOUR), by, { verb: "open" })) return;
  if (random() < 0.8) {
    const skill = pick(random, life.draft.skills);
    teller.tell(later(60_000, 10 * 60_000), null, {
      verb: "match",
      matches: [{
        guildId: crew.guild.id,
        score: Math.round(55 + random() * 43) / 100,
        reasons: [
          pick(random, REASONS.slice(0, 3)),
          pick(random, REASONS.slice(3)),
        ].map((reason) => reason.replace("{skill}", skill)),
      }],
    });
  }
  const fate = random();
  if (fate < 0.06) {
    const note = pick(random, CALLED_OFF);
    teller.tell(later(DAY, 9 * DAY), by, { verb: "cancel", note });
    return;
  }
  const nobody = fate < 0.16 || client.user.id === worker.user.id ||
    crew.members.includes(client.n);
  if (nobody) {
    // The deadline strikes, if there is one and it has come.
    teller.tell(Number.MAX_SAFE_INTEGER, null, { verb: "expire" });
    return;
  }
  if (
    !teller.tell(later(2 * HOUR, 4 * DAY), worker.user.id, {
      verb: "accept",
      guildId: crew.guild.id,
      workerId: worker.user.id,
    })
  ) return;
  if (random() < 0.04) {
    const note = pick(random, CALLED_OFF);
    teller.tell(later(DAY, 6 * DAY), by, { verb: "cancel", note });
    return;
  }
  const rounds = random() < 0.25 ? 2 : 1;
  for (let round = 1; round <= rounds; round++) {
    const handedIn = teller.tell(
      round === 1 ? later(DAY, 14 * DAY) : later(4 * HOUR, 3 * DAY),
      worker.user.id,
      {
        verb: "submit",
        note: pick(random, HANDED_IN),
        url: random() < 0.6
          ? `https://example.org/${life.draft.id.slice(-8).toLowerCase()}`
          : null,
      },
    );
    if (!handedIn) return;
    if (round < rounds) {
      const asked = teller.tell(later(3 * HOUR, 3 * DAY), by, {
        verb: "askChanges",
        note: pick(random, CHANGES),
      });
      if (!asked) return;
    }
  }
  // Of late a little more goes wrong, so that there is something to judge.
  const good =
    random() < (life.draft.createdAt > today - 20 * DAY ? 0.8 : 0.93);
  const rating = good
    ? pick(random, [5, 5, 5, 5, 4, 4, 4, 3])
    : pick(random, [1, 1, 2, 2]);
  teller.tell(later(2 * HOUR, 4 * DAY), by, {
    verb: good ? "approve" : "reject",
    rating,
    note: pick(random, good ? (rating > 3 ? PRAISE : LUKEWARM) : REJECTIONS),
  });
}
