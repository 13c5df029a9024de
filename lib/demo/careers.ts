import { DAY, MINUTE } from "../clock.ts";
import { guildStandingRows, newGuildStanding } from "../guilds/mod.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import {
  INITIAL_TRUST,
  monthOf,
  newStanding,
  type Rank,
  RANKS,
  REQUIREMENTS,
  type Standing,
  standingRows,
  type TrustReason,
  type TrustRecord,
  type User,
} from "../users/mod.ts";
import { between, type Random, seededRandom } from "./random.ts";

/** What somebody had achieved before the world begins: as much as their rank asks for and some more. */
export function careerRows(
  user: User,
  today: number,
  idAt: (at: number, ...labels: string[]) => string,
): Mutation[] {
  const random = seededRandom("career", user.id);
  const standing = standingOf(user, random, today);
  return [
    ...standingRows(user.id, standing, user.trust),
    ...historyRows(user, random, today, idAt),
  ];
}

function standingOf(user: User, random: Random, today: number): Standing {
  const level = RANKS.indexOf(user.rank as Rank);
  const asked = REQUIREMENTS[user.rank as Rank];
  const next = RANKS[level + 1];
  const most = next ? REQUIREMENTS[next].completed - 1 : 160;
  const completed = between(
    random,
    asked.completed,
    Math.round((asked.completed + most) / 2),
  );
  const ratingCount = Math.ceil(completed * 0.9);
  const rating = Math.min(5, (asked.rating || 3.8) + 0.1 + random() * 0.3);
  return {
    ...newStanding(user.id),
    completed,
    rejected: Math.floor(completed * random() * 0.08),
    ratingCount,
    ratingSum: Math.ceil(ratingCount * rating),
    earned: completed * between(random, 180, 900),
    commissioned: between(random, 0, 3 + level),
    paid: between(random, 0, 9) * 200,
    disputesWon: between(random, 0, Math.min(3, level)),
    disputesLost: between(random, 0, 1),
    votes: user.trust >= 600 ? between(random, 2, 6 + 4 * level) : 0,
    month: monthOf(today),
    monthCompleted: Math.min(completed, between(random, 0, 2 + level)),
  };
}

/** The last steps of the way from the trust that one begins with to today's. */
function historyRows(
  user: User,
  random: Random,
  today: number,
  idAt: (at: number, ...labels: string[]) => string,
): Mutation[] {
  const rows: Mutation[] = [];
  const from = Math.max(user.createdAt + DAY, today - 150 * DAY);
  let to = user.trust;
  let at = Math.min(today, user.lastActiveAt) - between(random, 1, 3) * DAY;
  for (let step = 0; step < 24 && at > from && to > INITIAL_TRUST; step++) {
    const { reason, delta } = happening(random);
    const before = Math.min(1000, Math.max(INITIAL_TRUST, to - delta));
    if (before === to) break;
    const record: TrustRecord = {
      id: idAt(at, user.id, "trust"),
      at,
      from: before,
      to,
      reason,
      link: null,
    };
    rows.push(set(keys.trustChange(user.id, at, record.id), record));
    to = before;
    at -= between(random, 2, 9) * DAY + between(random, 0, 900) * MINUTE;
  }
  return rows;
}

function happening(random: Random): { reason: TrustReason; delta: number } {
  const chance = random();
  if (chance < 0.62) {
    return { reason: "bounty_completed", delta: random() < 0.7 ? 10 : 8 };
  }
  if (chance < 0.76) return { reason: "tribunal_vote", delta: 3 };
  if (chance < 0.86) return { reason: "bounty_paid", delta: 2 };
  if (chance < 0.92) return { reason: "dispute_won", delta: 5 };
  return { reason: "bounty_rejected", delta: -15 };
}

/** What a guild had achieved. */
export function guildCareerRows(guildId: string, members: number): Mutation[] {
  const random = seededRandom("guild career", guildId);
  const completed = between(random, 2 * members, 5 * members);
  return guildStandingRows({
    ...newGuildStanding(guildId),
    completed,
    rejected: between(random, 0, 3),
    ratingCount: completed - 2,
    ratingSum: Math.round((completed - 2) * (4.2 + random() * 0.6)),
    earned: completed * between(random, 300, 800),
  });
}
