import { DAY } from "../../clock.ts";
import type { Guild, GuildRole } from "../../guilds/mod.ts";
import { between } from "../random.ts";
import { type Craft, CRAFTS } from "./crafts.ts";
import { GUILD_FIRST, GUILD_SECOND } from "./names.ts";
import type { People } from "./people.ts";
import { type CrowdPlan, idOf, randomOf } from "./plan.ts";

/** A guild and who is in it, by number of person; leaders first. */
export interface Crew {
  n: number;
  guild: Guild;
  craft: Craft;
  members: number[];
  /** Of `members`, from the first: the owner, then officers. */
  leaders: number;
}

/** All guilds, each made when it is asked for; members follow from numbers, so nothing is kept of them. */
export class Crews {
  readonly #plan: CrowdPlan;
  readonly #people: People;
  readonly #known = new Map<number, Crew>();

  constructor(plan: CrowdPlan, people: People) {
    this.#plan = plan;
    this.#people = people;
  }

  get count(): number {
    return this.#plan.guilds;
  }

  at(n: number): Crew {
    let crew = this.#known.get(n);
    if (!crew) {
      // Member lists of large guilds are what takes room.
      if (this.#known.size >= 64) this.#known.clear();
      this.#known.set(n, crew = this.#make(n));
    }
    return crew;
  }

  isMember(n: number, person: number): boolean {
    return this.guildsOf(person).includes(n);
  }

  /** Numbers of the guilds that somebody is in. */
  guildsOf(person: number): number[] {
    const { guilds } = this.#plan;
    const own = person % guilds;
    if (person < guilds) return [own];
    const chance = randomOf(this.#plan, "belongs", person)();
    if (chance < 0.15) return [];
    const other = mirror(person, guilds);
    return chance > 0.82 && other !== own ? [own, other] : [own];
  }

  roleOf({ members, leaders }: Crew, person: number): GuildRole {
    const place = members.indexOf(person);
    return place === 0 ? "owner" : place < leaders ? "officer" : "member";
  }

  joinedAt({ n, guild }: Crew, person: number): number {
    if (person === n) return guild.createdAt;
    const { createdAt } = this.#people.at(person).user;
    const random = randomOf(this.#plan, "joined", n, person);
    const from = Math.max(createdAt, guild.createdAt);
    return from +
      Math.floor(random() * Math.min(20 * DAY, this.#plan.today - from));
  }

  #make(n: number): Crew {
    const plan = this.#plan;
    const random = randomOf(plan, "guild", n);
    const founder = this.#people.at(n).user;
    const craft = CRAFTS[n % CRAFTS.length]!;
    const members: number[] = [];
    for (let person = n; person < plan.users; person += plan.guilds) {
      if (this.guildsOf(person).includes(n)) members.push(person);
    }
    // Those for whom it is the second guild: `mirror` is its own inverse.
    const first = mirror(n, plan.guilds);
    if (first !== n) {
      for (
        let person = first + plan.guilds;
        person < plan.users;
        person += plan.guilds
      ) {
        if (this.guildsOf(person).includes(n)) members.push(person);
      }
    }
    const leaders = Math.min(
      members.length,
      2 + Math.min(5, Math.floor(members.length / 15)),
    );
    const createdAt = founder.createdAt + between(random, 1, 20) * DAY;
    const ids = members.slice(0, leaders).map((m) =>
      this.#people.at(m).user.id
    );
    return {
      n,
      craft,
      members,
      leaders,
      guild: {
        id: idOf(plan, createdAt, "guild", n),
        name: guildName(plan, n),
        description: craft.guild,
        skills: craft.skills.slice(0, 6),
        open: random() < 0.6,
        ownerId: founder.id,
        officerIds: ids,
        memberCount: members.length,
        createdAt,
      },
    };
  }
}

/** A guild that is not one's own, for those who are in two. */
function mirror(person: number, guilds: number): number {
  return (2 * guilds - 1 - person % guilds) % guilds;
}

function guildName({ seed }: CrowdPlan, n: number): string {
  const pairs = GUILD_FIRST.length * GUILD_SECOND.length;
  const pair = (n * 127 + seed * 31) % pairs;
  const name = `${GUILD_FIRST[pair % GUILD_FIRST.length]} ${
    GUILD_SECOND[Math.floor(pair / GUILD_FIRST.length)]
  }`;
  const again = Math.floor(n / pairs);
  return again > 0 ? `${name} ${again + 1}` : name;
}
