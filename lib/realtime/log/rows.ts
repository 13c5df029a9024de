import type { Clock } from "../../clock.ts";
import { keys, type Mutation, set } from "../../kv/mod.ts";
import type { Position } from "../position.ts";
import type { LoggedEvent, NewEvent } from "./types.ts";

/** The head of a shard: how far its log goes. `n` is the number of events at `seq`. */
export interface Head {
  epoch: number;
  seq: number;
  n: number;
}

/** A head as read, with what a commit checks. */
export interface ReadHead extends Head {
  versionstamp: string | null;
}

/** One stored event: channel, event, data text, flags. An array, since field names would be half of a small row. */
type StoredEvent = [
  channel: string,
  event: string,
  data: string,
  except: string,
  userId: string,
  volatile: 0 | 1,
];

/** A log row: a part of the batch committed at one `seq`. */
export interface LogRow {
  /** Names the commit attempt, so that a writer can tell whether its own commit of unknown outcome happened. */
  batch: string;
  at: number;
  /** `expireIn` may leave a row readable for 60 s more, so the time is checked too. */
  expiresAt: number;
  /** Index of the first event of this part. */
  first: number;
  /** Events of the whole batch. */
  total: number;
  events: StoredEvent[];
}

/** A value holds 64 KiB; V8's encoding adds a few bytes a string. */
const PART_BYTES = 60_000;

/** An event whose data is encoded, with its size in the store in bytes. */
export interface EncodedEvent extends NewEvent {
  text: string;
  bytes: number;
}

export function encodeEvent(event: NewEvent): EncodedEvent {
  const text = typeof event.data === "string"
    ? event.data
    : JSON.stringify(event.data ?? null);
  const bytes = storedBytes(text) + event.channel.length + event.event.length +
    48;
  return { ...event, text, bytes };
}

const BEYOND_LATIN_1 = /[^\0-\xff]/;

/** V8 stores Latin-1 strings with a byte and others with two bytes a unit. A regular expression looks ten times as fast. */
function storedBytes(text: string): number {
  return BEYOND_LATIN_1.test(text) ? text.length * 2 : text.length;
}

/** Head and log rows of a batch at `head.seq`. */
export function batchMutations(
  shard: number,
  head: Head,
  batch: string,
  events: EncodedEvent[],
  at: number,
  expireIn: number,
): Mutation[] {
  const mutations = [
    set(keys.shardHead(shard), { epoch: head.epoch, seq: head.seq, n: head.n }),
  ];
  let part: StoredEvent[] = [];
  let bytes = 0;
  let first = 0;
  let parts = 0;
  const flush = () => {
    const row: LogRow = {
      batch,
      at,
      expiresAt: at + expireIn,
      first,
      total: events.length,
      events: part,
    };
    mutations.push(
      set(keys.logRow(shard, head.epoch, head.seq, parts++), row, expireIn),
    );
    first += part.length;
    part = [];
    bytes = 0;
  };
  for (const e of events) {
    if (part.length > 0 && bytes + e.bytes > PART_BYTES) flush();
    part.push([
      e.channel,
      e.event,
      e.text,
      e.except ?? "",
      e.userId ?? "",
      e.volatile ? 1 : 0,
    ]);
    bytes += e.bytes;
  }
  flush();
  return mutations;
}

export function loggedEvents(
  epoch: number,
  seq: number,
  row: LogRow,
): LoggedEvent[] {
  return row.events.map((
    [channel, event, data, except, userId, volatile],
    i,
  ) => ({
    channel,
    event,
    data,
    position: { epoch, seq, index: row.first + i },
    at: row.at,
    ...(except && { except }),
    ...(userId && { userId }),
    ...(volatile && { volatile: true }),
  }));
}

/** What was committed at one `seq`. */
export interface Batch {
  epoch: number;
  seq: number;
  events: LoggedEvent[];
}

/** A new shard begins at seq 0 with an epoch that no earlier store can have had. */
export function newHead(now: Clock): ReadHead {
  return {
    epoch: Math.max(1, Math.floor(now() / 1_000)),
    seq: 0,
    n: 0,
    versionstamp: null,
  };
}

export async function readHead(
  kv: Deno.Kv,
  shard: number,
  now: Clock,
): Promise<ReadHead> {
  const entry = await kv.get<Head>(keys.shardHead(shard));
  return entry.value === null
    ? newHead(now)
    : { ...entry.value, versionstamp: entry.versionstamp };
}

/** The last position of a shard: everything after it is still to come. */
export function headPosition(head: Head): Position {
  return { epoch: head.epoch, seq: head.seq, index: Math.max(0, head.n - 1) };
}

/** Reads the batches of `(after, upTo]` in order. Stops early at a hole: rows that have expired. */
export async function* readBatches(
  kv: Deno.Kv,
  shard: number,
  epoch: number,
  after: number,
  upTo: number,
): AsyncGenerator<Batch> {
  const rows = kv.list<LogRow>({
    start: keys.logFrom(shard, epoch, after + 1),
    end: keys.logFrom(shard, epoch, upTo + 1),
  }, { batchSize: 200 });
  let expected = after + 1;
  let events: LoggedEvent[] = [];
  for await (const { key, value } of rows) {
    const seq = key[4] as number;
    if (seq !== expected) return;
    if (value.first !== events.length) return;
    events = value.first === 0
      ? loggedEvents(epoch, seq, value)
      : events.concat(loggedEvents(epoch, seq, value));
    if (events.length < value.total) continue;
    yield { epoch, seq, events };
    expected++;
    events = [];
  }
}
