import { type Cache, leaderboardKey } from "../cache/mod.ts";
import { getGuild, getGuildStanding, GUILD_BOARD } from "../guilds/mod.ts";
import type { Deps } from "../platform.ts";
import { getStanding, getUser, getUsers, monthOf } from "../users/mod.ts";
import { type Board, hasPeriod, type Period, periodKey } from "./boards.ts";
import { type Marks, positionOf, readMarks, topPlaces } from "./standings.ts";

/** Places that are shown. */
export const SHOWN = 50;

export interface Place {
  position: number;
  id: string;
  name: string;
  score: number;
  /** Path of its page. */
  link: string;
  /** Of people. */
  handle?: string;
  rank?: string;
  picture?: string;
  /** Of guilds. */
  memberCount?: number;
}

export interface Leaderboard {
  board: Board;
  period: Period;
  places: Place[];
  /** When it was read, milliseconds; it may be half an hour old. */
  asOf: number;
}

type LeaderboardDeps = Pick<Deps, "kv" | "now"> & { cache: Cache };

/** The best fifty of a board, from the cache. */
export async function getLeaderboard(
  { kv, now, cache }: LeaderboardDeps,
  board: Board,
  period: Period,
): Promise<Leaderboard> {
  if (!hasPeriod(board, period)) period = "all";
  const key = periodKey(period, now());
  const { value, createdAt } = await cache.answer<Place[]>(
    leaderboardKey(board, key),
    async () => {
      const top = await topPlaces(kv, board, key, SHOWN);
      return board === GUILD_BOARD ? withGuilds(kv, top) : withPeople(kv, top);
    },
  );
  return { board, period, places: value ?? [], asOf: createdAt };
}

type Top = Awaited<ReturnType<typeof topPlaces>>;

async function withPeople(kv: Deno.Kv, top: Top): Promise<Place[]> {
  const users = await getUsers(kv, top.map(({ id }) => id));
  const people = new Map(users.map((user) => [user.id, user]));
  return top.flatMap((place) => {
    const user = people.get(place.id);
    if (!user) return [];
    const { name, handle, rank, picture } = user;
    const link = `/people/${handle}`;
    return [{ ...place, name, handle, rank, picture, link }];
  });
}

async function withGuilds(kv: Deno.Kv, top: Top): Promise<Place[]> {
  const guilds = await Promise.all(top.map(({ id }) => getGuild(kv, id)));
  return top.flatMap((place, i) => {
    const guild = guilds[i];
    if (!guild) return [];
    const { name, memberCount } = guild;
    return [{ ...place, name, memberCount, link: `/guilds/${place.id}` }];
  });
}

/** Where somebody stands on a board of people, as of now; `null` where they have no place. */
export async function getOwnPlace(
  { kv, now, cache }: LeaderboardDeps,
  board: Board,
  period: Period,
  userId: string,
): Promise<{ position: number; score: number } | null> {
  if (board === GUILD_BOARD) return null;
  const [user, standing] = await Promise.all([
    getUser(kv, userId),
    getStanding(kv, userId),
  ]);
  if (!user || standing.month === "") return null;
  const key = periodKey(hasPeriod(board, period) ? period : "all", now());
  const thisMonth = standing.month === monthOf(now());
  const score = board === "trust"
    ? user.trust
    : board === "earned"
    ? standing.earned
    : board === "jurors"
    ? standing.votes
    : period === "month"
    ? (thisMonth ? standing.monthCompleted : 0)
    : standing.completed;
  if (score <= 0) return null;
  return { score, position: await position(kv, cache, board, key, score) };
}

/** Where a guild stands among the guilds; `null` where it has no place. */
export async function getGuildPlace(
  { kv, cache }: LeaderboardDeps,
  guildId: string,
): Promise<{ position: number; score: number } | null> {
  const { completed } = await getGuildStanding(kv, guildId);
  if (completed === 0) return null;
  return {
    score: completed,
    position: await position(kv, cache, GUILD_BOARD, "all", completed),
  };
}

function position(
  kv: Deno.Kv,
  cache: Cache,
  board: Board,
  period: string,
  score: number,
): Promise<number> {
  return positionOf(kv, board, period, score, async () => {
    const marks = await cache.getOrSet<Marks>(
      leaderboardKey(`${board} marks`, period),
      (signal) => readMarks(kv, board, period, signal),
    );
    return marks ?? { total: 0, marks: [] };
  });
}
