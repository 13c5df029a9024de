import { DAY, HOUR } from "../../clock.ts";
import {
  newStanding,
  newUser,
  type Rank,
  RANKS,
  REQUIREMENTS,
  type Standing,
  type User,
} from "../../users/mod.ts";
import { between, type Random } from "../random.ts";
import { type Craft, CRAFTS } from "./crafts.ts";
import { FIRST, LAST, ZONES } from "./names.ts";
import { type CrowdPlan, idOf, pick, randomOf, some } from "./plan.ts";

/** A person before anything happens in the days that are told. */
export interface Person {
  n: number;
  user: User;
  craft: Craft;
  /** Hours ahead of UTC. */
  ahead: number;
  /** What they had achieved before. */
  before: Standing;
  device: string;
}

/** One click on the sign-in page of a demo server leads into the first ones: they lead guilds. */
export const GUESTS = 4;

const KEPT = 4_096;

/** Any person by number, without the others: the millionth needs none of those before. */
export class People {
  readonly #plan: CrowdPlan;
  readonly #known = new Map<number, Person>();

  constructor(plan: CrowdPlan) {
    this.#plan = plan;
  }

  get count(): number {
    return this.#plan.users;
  }

  at(n: number): Person {
    let person = this.#known.get(n);
    if (!person) {
      if (this.#known.size >= KEPT) this.#known.clear();
      this.#known.set(n, person = makePerson(this.#plan, n));
    }
    return person;
  }
}

function makePerson(plan: CrowdPlan, n: number): Person {
  const random = randomOf(plan, "person", n);
  const { name, handle } = nameOf(plan, n);
  // Whoever leads a guild has been here for long; a quarter came in the days that are told.
  const leads = n < plan.guilds;
  const age = leads
    ? between(random, 200, 700)
    : random() < 0.25
    ? Math.floor(random() * plan.days)
    : between(random, plan.days, 500);
  const createdAt = plan.today - age * DAY - between(random, 1, 20) * HOUR;
  // Guilds go round by craft, and so do the people in them.
  const own = CRAFTS[n % plan.guilds % CRAFTS.length]!;
  const craft = random() < 0.75 ? own : pick(random, CRAFTS);
  const [timeZone, ahead] = pick(random, ZONES);
  const skills = [
    ...some(random, craft.skills, between(random, 2, 4)),
    ...(random() < 0.35 ? [pick(random, pick(random, CRAFTS).skills)] : []),
  ];
  const level = levelOf(random, age, leads);
  const rank = RANKS[level]!;
  const trust = trustOf(random, level);
  const away = random() < 0.1 ? between(random, 8, plan.days + 20) : 0;
  const lastActiveAt = Math.max(
    createdAt,
    plan.today - away * DAY - between(random, 10, 1_400) * 60_000,
  );
  const user = newUser({
    id: idOf(plan, createdAt, "user", n),
    handle,
    name,
    email: `${handle}@world.nexora.example`,
    bio: `${name.split(" ")[0]} ${pick(random, craft.about)}.`,
    skills: [...new Set(skills)],
    trust,
    rank,
    timeZone,
    createdAt,
    lastActiveAt,
    ...(n < GUESTS && { demo: true as const }),
  });
  return {
    n,
    user,
    craft,
    ahead,
    before: achieved(random, user.id, rank),
    device: Math.floor(random() * 2 ** 48).toString(16).padStart(16, "0"),
  };
}

/** Names of all pairs in an order of the seed; after the last pair they begin again with a number. */
function nameOf({ seed }: CrowdPlan, n: number) {
  const pairs = FIRST.length * LAST.length;
  // A step without a common divisor visits every pair.
  const pair = (n * 7_919 + seed * 104_729) % pairs;
  const first = FIRST[pair % FIRST.length]!;
  const last = LAST[Math.floor(pair / FIRST.length)]!;
  const again = Math.floor(n / pairs);
  const handle = `${first}-${last}`.toLowerCase() +
    (again > 0 ? `-${again + 1}` : "");
  return { name: `${first} ${last}`, handle };
}

function levelOf(random: Random, age: number, leads: boolean): number {
  const most = age < 14 ? 1 : age < 60 ? 2 : age < 180 ? 3 : age < 365 ? 4 : 5;
  if (leads) return Math.max(2, Math.min(most, between(random, 2, 5)));
  // Few get far: each step is half as likely.
  let level = 0;
  while (level < most && random() < 0.5) level++;
  return level;
}

function trustOf(random: Random, level: number): number {
  const asked = REQUIREMENTS[RANKS[level]!].trust;
  return Math.min(980, Math.max(asked, 480) + between(random, 0, 90));
}

function achieved(random: Random, userId: string, rank: Rank): Standing {
  const asked = REQUIREMENTS[rank];
  const completed = asked.completed +
    Math.floor(random() * (asked.completed + 1) * 0.6);
  const ratingCount = completed;
  const rating = Math.min(
    5,
    Math.max(3.9, asked.rating + 0.15) + random() * 0.3,
  );
  return {
    ...newStanding(userId),
    completed,
    rejected: Math.floor(completed * random() * 0.08),
    ratingCount,
    ratingSum: Math.ceil(ratingCount * rating),
    earned: completed * between(random, 150, 800),
    votes: completed > 5 ? between(random, 0, 12) : 0,
  };
}
