import { commit, keys, type Mutation, set } from "../../kv/mod.ts";
import { NexoraError } from "../../errors.ts";
import { DAY } from "../../clock.ts";
import type { Clock } from "../../clock.ts";
import type { User } from "../../users/mod.ts";
import { type CrowdProgress, crowdRows, newProgress } from "./crowd.ts";
import { GUESTS, People } from "./people.ts";
import type { CrowdPlan } from "./plan.ts";

/** Which world a store holds, and how far it is written. */
interface CrowdMark extends CrowdPlan {
  /** Ids of people whom one can be with one click where DEMO=1. */
  guests: string[];
  /** Groups of rows that are in the store. */
  groups: number;
  done: boolean;
}

export interface CrowdResult {
  plan: CrowdPlan;
  /** That this run wrote. */
  rows: number;
  /** Groups that an earlier run had written. */
  resumedAt: number;
  /** The world was there, whole: nothing was written. */
  wasThere: boolean;
}

export interface SeedCrowd {
  users: number;
  guilds: number;
  days: number;
  seed: number;
  onProgress?: (progress: CrowdProgress, rows: number) => void;
  /** Stops between two commits. */
  signal?: AbortSignal;
}

/** Of the 1,000 mutations and 800 KiB that an atomic takes. */
const ROWS_PER_COMMIT = 600;
const BYTES_PER_COMMIT = 500_000;

/**
 * Writes a world into a store. Each commit says how far it is, so a run that was killed is gone on with, and a second
 * run of the same world changes nothing. While one commit is under way the next is made.
 *
 * @throws {NexoraError} `conflict` when the store holds another world, or people that no seed has made
 */
export async function seedCrowd(
  { kv, now }: { kv: Deno.Kv; now: Clock },
  { onProgress, signal, ...size }: SeedCrowd,
): Promise<CrowdResult> {
  const mark = await readMark(kv, size, Math.floor(now() / DAY) * DAY);
  const { groups: resumedAt, done, guests, ...plan } = mark;
  const result = { plan, rows: 0, resumedAt, wasThere: done };
  if (done) return result;
  const progress = newProgress(plan);
  const writer = new Writer(kv, { ...plan, guests });
  let groups = 0;
  for (const rows of crowdRows(plan, progress)) {
    signal?.throwIfAborted();
    // What an earlier run has written is made again (later rows follow from it) and not written.
    if (++groups <= resumedAt) continue;
    await writer.add(rows, groups);
    if (groups % 50 === 0) onProgress?.(progress, writer.rows);
  }
  await writer.end(groups);
  onProgress?.(progress, writer.rows);
  return { ...result, rows: writer.rows };
}

async function readMark(
  kv: Deno.Kv,
  size: Omit<CrowdPlan, "today">,
  today: number,
): Promise<CrowdMark> {
  const mark = (await kv.get<CrowdMark>(keys.crowdSeed())).value;
  if (mark === null) {
    const there = kv.list<User>({ prefix: keys.usersPrefix() }, { limit: 50 });
    for await (const { value } of there) {
      if (value.demo) continue;
      throw new NexoraError(
        "conflict",
        "There are people in this store whom no seed has made: name another one with --kv",
      );
    }
    const people = new People({ ...size, today });
    const guests = Array.from(
      { length: Math.min(GUESTS, size.users) },
      (_, n) => people.at(n).user.id,
    );
    return { ...size, today, guests, groups: 0, done: false };
  }
  for (const [name, value] of Object.entries(size)) {
    const there = mark[name as keyof typeof size];
    if (there === value) continue;
    throw new NexoraError(
      "conflict",
      `This store holds a world with --${name} ${there}, not ${value}: name another store with --kv`,
    );
  }
  return mark;
}

/** Whom one can be with one click in the world that a store holds; nobody where there is none. */
export async function listGuests(kv: Deno.Kv): Promise<string[]> {
  const { value } = await kv.get<CrowdMark>(keys.crowdSeed());
  return value?.done ? value.guests : [];
}

class Writer {
  rows = 0;
  readonly #kv: Deno.Kv;
  readonly #plan: CrowdPlan & Pick<CrowdMark, "guests">;
  #pack: Mutation[] = [];
  #bytes = 0;
  #groups = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(kv: Deno.Kv, plan: CrowdPlan & Pick<CrowdMark, "guests">) {
    this.#kv = kv;
    this.#plan = plan;
  }

  async add(group: Mutation[], groups: number): Promise<void> {
    const bytes = group.reduce((sum, row) => sum + sizeOf(row), 0);
    if (
      this.#pack.length + group.length > ROWS_PER_COMMIT ||
      this.#bytes + bytes > BYTES_PER_COMMIT
    ) await this.#flush(false);
    this.#pack.push(...group);
    this.#bytes += bytes;
    this.#groups = groups;
  }

  async end(groups: number): Promise<void> {
    this.#groups = groups;
    await this.#flush(true);
    await this.#writing;
  }

  async #flush(done: boolean): Promise<void> {
    const mark: CrowdMark = { ...this.#plan, groups: this.#groups, done };
    const mutations = [...this.#pack, set(keys.crowdSeed(), mark)];
    this.rows += this.#pack.length;
    this.#pack = [];
    this.#bytes = 0;
    await this.#writing;
    this.#writing = commit(this.#kv, { mutations });
    // Awaited by the next flush; until then a failure is nobody's.
    this.#writing.catch(() => {});
  }
}

/** An upper bound for most rows: texts count twice, everything else a little. */
function sizeOf(row: Mutation): number {
  let size = 120;
  if (row.type !== "set" || typeof row.value !== "object") return size;
  for (const value of Object.values(row.value ?? {})) {
    size += typeof value === "string"
      ? 2 * value.length
      : Array.isArray(value)
      ? 80 * value.length
      : 40;
  }
  return size;
}
