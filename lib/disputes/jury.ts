import { createHash } from "node:crypto";
import {
  type Bounty,
  listBountiesOfClient,
  listBountiesOfWorker,
} from "../bounties/mod.ts";
import { DAY } from "../clock.ts";
import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import { getUsers, INITIAL_TRUST, type User } from "../users/mod.ts";
import { JURORS } from "./machine.ts";
import type { Dispute, Draw } from "./types.ts";

type Reading = Pick<Deps, "kv" | "now" | "newId">;

/** A juror's trust must not be below what one starts with. */
export const JUROR_TRUST = INITIAL_TRUST;
/** Accounts made for the purpose are too young; milliseconds. */
const JUROR_AGE = 7 * DAY;
/** Who was not here for longer will not be in time; milliseconds. */
export const JUROR_ACTIVE = 30 * DAY;
/** Whoever had a bounty with one of the parties within this is a partner of theirs; milliseconds. */
const PARTNERSHIP = 180 * DAY;

/** Enough to draw from; the search ends here. */
const ENOUGH = 25;
/** Index rows looked at, at most, however many people there are. */
const LOOKED_AT = 400;
/** People looked at together. */
const TOGETHER = 20;
/** Guilds of a person, and bounties of a party, looked at. */
const MOST = 100;

/**
 * Draws a tribunal. The search begins at a place that the seed decides, in an index of people who were here lately, and
 * goes on until enough eligible people are found; the seed then decides among these. What was drawn from is recorded.
 *
 * Eligible is who has no stake and can be relied on: no party, no admin (who mediates), nobody of an earlier tribunal,
 * of the guild concerned or of a guild of the client, no business partner of a party; with trust and an account of some
 * age.
 */
export async function drawTribunal(
  deps: Reading,
  dispute: Dispute,
): Promise<Draw> {
  const round = dispute.round + 1;
  // Made now: nobody could have waited for a favourable one.
  const seed = `${dispute.id}:${round}:${deps.newId()}`;
  const eligible = await findEligible(deps, dispute, seed);
  return {
    round,
    at: deps.now(),
    seed,
    eligible,
    drawn: pickJurors(seed, eligible),
  };
}

/**
 * Who is drawn of those eligible: the smallest SHA-256 of `seed:id`, which anybody can compute again. An odd number, so
 * that a full house has no tie.
 */
export function pickJurors(
  seed: string,
  eligible: readonly string[],
): string[] {
  const lot = (id: string) =>
    createHash("sha256").update(`${seed}:${id}`).digest("hex");
  const seats = Math.min(JURORS, eligible.length - (1 - eligible.length % 2));
  return eligible.map((id) => [lot(id), id] as const)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .slice(0, Math.max(0, seats)).map(([, id]) => id);
}

async function findEligible(
  deps: Reading,
  dispute: Dispute,
  seed: string,
): Promise<string[]> {
  const { kv, now } = deps;
  const at = now();
  const [people, guilds] = await Promise.all([
    peopleWithStake(kv, dispute, at),
    guildsWithStake(kv, dispute),
  ]);
  const found: string[] = [];
  for await (const ids of candidates(kv, keys.spread(seed))) {
    const users = (await getUsers(kv, ids)).filter((user) =>
      !people.has(user.id) && isReliable(user, at)
    );
    const outside = await Promise.all(
      users.map(async ({ id }) => !await isInOneOf(kv, id, guilds)),
    );
    for (const [i, { id }] of users.entries()) if (outside[i]) found.push(id);
    if (found.length >= ENOUGH) break;
  }
  return found.slice(0, ENOUGH).sort();
}

function isReliable(user: User, at: number): boolean {
  return user.role !== "admin" && user.trust >= JUROR_TRUST &&
    user.createdAt <= at - JUROR_AGE && user.lastActiveAt > at - JUROR_ACTIVE;
}

/** Who was here lately, from a place on and around, in portions. */
async function* candidates(
  kv: Deno.Kv,
  place: number,
): AsyncGenerator<string[]> {
  const prefix = keys.jurors();
  let portion: string[] = [];
  let looked = 0;
  for (
    const part of [
      { prefix, start: keys.jurorsFrom(place) },
      { prefix, end: keys.jurorsFrom(place) },
    ]
  ) {
    const rows = kv.list(part, { limit: LOOKED_AT, batchSize: 100 });
    for await (const { key } of rows) {
      portion.push(key.at(-1) as string);
      if (portion.length === TOGETHER) {
        yield portion;
        portion = [];
      }
      if (++looked === LOOKED_AT) break;
    }
    if (looked === LOOKED_AT) break;
  }
  if (portion.length > 0) yield portion;
}

async function isInOneOf(
  kv: Deno.Kv,
  userId: string,
  guilds: ReadonlySet<string>,
): Promise<boolean> {
  const rows = kv.list({ prefix: keys.guildsOfUser(userId) }, { limit: MOST });
  for await (const { key } of rows) {
    if (guilds.has(key.at(-1) as string)) return true;
  }
  return false;
}

async function guildsWithStake(
  kv: Deno.Kv,
  { clientId, guildId }: Dispute,
): Promise<ReadonlySet<string>> {
  const rows = kv.list(
    { prefix: keys.guildsOfUser(clientId) },
    { limit: MOST },
  );
  const ids = await Array.fromAsync(rows, ({ key }) => key.at(-1) as string);
  return new Set(guildId === null ? ids : [guildId, ...ids]);
}

async function peopleWithStake(
  kv: Deno.Kv,
  dispute: Dispute,
  at: number,
): Promise<ReadonlySet<string>> {
  const parties = [dispute.raiserId, dispute.accusedId];
  const query = { limit: MOST };
  const pages = await Promise.all(parties.flatMap((id) => [
    listBountiesOfClient(kv, id, query),
    listBountiesOfWorker(kv, id, query),
  ]));
  const recent = (bounty: Bounty) => bounty.updatedAt > at - PARTNERSHIP;
  const partners = pages.flatMap((page) => page.items).filter(recent)
    .flatMap(({ clientId, workerId }) => [clientId, workerId ?? clientId]);
  const earlier = dispute.draws.flatMap((draw) => draw.drawn);
  return new Set([...parties, ...partners, ...earlier]);
}
