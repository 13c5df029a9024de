import { NexoraError } from "../errors.ts";
import type { Page } from "../guilds/mod.ts";
import { getBounties } from "./get.ts";
import { listedAt } from "./rows.ts";
import type { Bounty } from "./types.ts";

/** Rows that end in a time and an id, under each of some prefixes. */
interface NewestQuery {
  prefixes: Deno.KvKey[];
  /** Of an earlier answer. */
  cursor?: string;
  /** Default 25. */
  limit?: number;
  /** Leaves bounties out of what the index has found. */
  keep?: (bounty: Bounty) => boolean;
}

interface Place {
  at: number;
  id: string;
}

/** What is read at most for one page; a filter that finds little gives a shorter page and a cursor to go on from. */
const READ_AT_MOST = 1_000;

/**
 * A page of bounties from one or several indexes, merged, the newest first.
 *
 * @throws {NexoraError} `bad_request` for a cursor that is none
 */
export async function newestFirst(
  kv: Deno.Kv,
  { prefixes, cursor, limit = 25, keep }: NewestQuery,
): Promise<Page<Bounty>> {
  const from = cursor === undefined ? undefined : placeOf(cursor);
  const items: Bounty[] = [];
  let chunk: Place[] = [];
  let last: Place | null = null;
  let read = 0;
  const take = async (): Promise<boolean> => {
    const bounties = new Map(
      (await getBounties(kv, chunk.map(({ id }) => id))).map((bounty) => [
        bounty.id,
        bounty,
      ]),
    );
    for (const place of chunk) {
      const bounty = bounties.get(place.id);
      if (!bounty || keep && !keep(bounty)) {
        last = place;
        continue;
      }
      // One more than fits: there is another page.
      if (items.length === limit) return true;
      items.push(bounty);
      last = place;
    }
    chunk = [];
    return false;
  };
  const size = Math.min(50, limit + 1);
  for await (const place of merged(kv, prefixes, from, size)) {
    chunk.push(place);
    read++;
    if (chunk.length < size) continue;
    if (await take() || read >= READ_AT_MOST) {
      return { items, cursor: last && cursorOf(last) };
    }
  }
  const more = await take();
  return { items, cursor: more && last ? cursorOf(last) : null };
}

/** A page of bounties that are all there, the newest first. */
export function pageOfNewest(
  bounties: Bounty[],
  cursor: string | undefined,
  limit: number,
): Page<Bounty> {
  const from = cursor === undefined ? undefined : placeOf(cursor);
  const place = (bounty: Bounty) => ({ at: listedAt(bounty), id: bounty.id });
  const later = bounties.filter((bounty) =>
    !from || isNewer(from, place(bounty))
  )
    .sort((a, b) => isNewer(place(a), place(b)) ? -1 : 1);
  const items = later.slice(0, limit);
  return {
    items,
    cursor: later.length > limit ? cursorOf(place(items.at(-1)!)) : null,
  };
}

/** Merges lists that are each sorted: takes the newest of their heads. */
async function* merged(
  kv: Deno.Kv,
  prefixes: Deno.KvKey[],
  from: Place | undefined,
  batchSize: number,
): AsyncGenerator<Place> {
  const lists = prefixes.map((prefix) =>
    kv.list(
      from ? { prefix, end: [...prefix, from.at, from.id] } : { prefix },
      { reverse: true, batchSize },
    )[Symbol.asyncIterator]()
  );
  const next = async (list: AsyncIterator<Deno.KvEntry<unknown>>) => {
    const { value, done } = await list.next();
    if (done) return null;
    const [at, id] = value.key.slice(-2) as [number, string];
    return { at, id, list };
  };
  const heads = (await Promise.all(lists.map(next))).filter((head) =>
    head !== null
  );
  let previous: string | null = null;
  while (heads.length > 0) {
    let newest = 0;
    for (let i = 1; i < heads.length; i++) {
      if (isNewer(heads[i]!, heads[newest]!)) newest = i;
    }
    const { at, id, list } = heads[newest]!;
    // Proposed to two guilds of the same reader, it is in two lists.
    if (id !== previous) yield { at, id };
    previous = id;
    const head = await next(list);
    if (head) heads[newest] = head;
    else heads.splice(newest, 1);
  }
}

function isNewer(a: Place, b: Place): boolean {
  return a.at !== b.at ? a.at > b.at : a.id > b.id;
}

function cursorOf({ at, id }: Place): string {
  return `${at.toString(36)}-${id}`;
}

function placeOf(cursor: string): Place {
  const [, at, id] = /^([0-9a-z]{1,10})-(.+)$/.exec(cursor) ?? [];
  if (!at || !id) throw new NexoraError("bad_request", "Not a cursor");
  return { at: parseInt(at, 36), id };
}
