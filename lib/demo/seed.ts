import { type Clock, DAY, SECOND } from "../clock.ts";
import {
  commit,
  commitStamped,
  delay,
  keys,
  type Mutation,
  set,
  unchanged,
} from "../kv/mod.ts";
import { demoWorld } from "./world.ts";

/** Changes with the seed's meaning, not with its wording. */
const SEED = 7;

/** Who seeds, and whether it is done; also remembers the day that all times are relative to. */
interface SeedMark {
  seed: number;
  /** Start of the UTC day of the first run, milliseconds. */
  today: number;
  done: boolean;
  /** Another process takes over after this, milliseconds. */
  until: number;
}

const LEASE = 15 * SECOND;
/** Of the 1,000 mutations and 800 KiB that an atomic takes; a row of this world is below 1 KiB. */
const ROWS_PER_COMMIT = 500;

/**
 * Writes the demo world once. A second run changes nothing; a run that was killed is finished by the next one, with
 * the same rows; of several processes that start together one writes and the others wait.
 *
 * @returns how many rows this run wrote: 0 when the world was there
 */
export async function seedDemo(
  { kv, now }: { kv: Deno.Kv; now: Clock },
): Promise<number> {
  const key = keys.demoSeed();
  for (;;) {
    const entry = await kv.get<SeedMark>(key);
    if (entry.value?.done) return 0;
    if (entry.value && entry.value.until > now()) {
      await delay(50);
      continue;
    }
    const today = entry.value?.today ?? Math.floor(now() / DAY) * DAY;
    const mark: SeedMark = {
      seed: SEED,
      today,
      done: false,
      until: now() + LEASE,
    };
    const versionstamp = await commitStamped(kv, {
      checks: [unchanged(entry)],
      mutations: [set(key, mark)],
    });
    if (versionstamp === null) continue;
    const rows = await writeAll(kv, demoWorld(SEED, today));
    await commit(kv, { mutations: [set(key, { ...mark, done: true })] });
    return rows;
  }
}

/** Packs groups of rows into as few commits as they fit in; a group is never split. */
export async function writeAll(
  kv: Deno.Kv,
  groups: Iterable<Mutation[]>,
): Promise<number> {
  let rows = 0;
  let pack: Mutation[] = [];
  const flush = async () => {
    if (pack.length > 0) await commit(kv, { mutations: pack });
    rows += pack.length;
    pack = [];
  };
  for (const group of groups) {
    if (pack.length + group.length > ROWS_PER_COMMIT) await flush();
    pack.push(...group);
  }
  await flush();
  return rows;
}
