import {
  type Bounty,
  type BountyCategory,
  bountyRows,
  newBounty,
} from "../../lib/bounties/mod.ts";
import { DAY } from "../../lib/clock.ts";
import { commit } from "../../lib/kv/mod.ts";

/** How often something was asked for in each of the last eight weeks, oldest first. */
export interface Demand {
  category: BountyCategory;
  skills: string[];
  weeks: number[];
  reward: number;
  title: string;
}

/** Security rises, design falls, the others go up and down as they do. */
export const DEMAND: readonly Demand[] = [
  {
    category: "security",
    skills: ["pentesting", "owasp"],
    weeks: [1, 0, 1, 2, 1, 2, 6, 9],
    reward: 1_400,
    title: "Break into our staging site",
  },
  {
    category: "design",
    skills: ["illustration"],
    weeks: [7, 8, 6, 9, 8, 7, 2, 1],
    reward: 600,
    title: "Pictures for a children's menu",
  },
  {
    category: "engineering",
    skills: ["typescript", "k8s"],
    weeks: [6, 7, 5, 8, 7, 6, 7, 7],
    reward: 1_100,
    title: "Move our service without downtime",
  },
  {
    category: "writing",
    skills: ["copywriting"],
    weeks: [2, 1, 3, 2, 2, 2, 3, 2],
    reward: 350,
    title: "Words for a landing page",
  },
  {
    category: "data",
    skills: ["sql"],
    weeks: [0, 0, 0, 0, 0, 0, 1, 0],
    reward: 800,
    title: "One number for the board",
  },
];

/** Bounties as that demand leaves them: the older ones are done, of the newer ones half are taken. */
export function demandedBounties(
  now: number,
  clientId: string,
  guildId: string,
): Bounty[] {
  const bounties: Bounty[] = [];
  for (const { category, skills, weeks, reward, title } of DEMAND) {
    weeks.forEach((count, week) => {
      for (let i = 0; i < count; i++) {
        const at = now - (weeks.length - week) * 7 * DAY +
          Math.floor((i + 0.5) / count * 7 * DAY);
        const taken = week < 6 || i % 2 === 1;
        bounties.push(newBounty({
          id: `demand-${category}-${week}-${i}`,
          clientId,
          title,
          description: "",
          category,
          skills: [...skills],
          reward: reward + 50 * i,
          deadline: null,
          createdAt: at,
          openedAt: at,
          state: taken ? "completed" : "open",
          ...taken && {
            guildId,
            workerId: clientId,
            acceptedAt: at + DAY,
            endedAt: at + 3 * DAY,
          },
        }));
      }
    });
  }
  return bounties;
}

/** Writes them. */
export async function seedDemand(
  kv: Deno.Kv,
  now: number,
  clientId = "nobody",
): Promise<void> {
  for (const bounty of demandedBounties(now, clientId, "none")) {
    await commit(kv, { mutations: bountyRows(null, bounty) });
  }
}
