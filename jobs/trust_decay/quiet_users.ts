import { keys } from "../../lib/kv/mod.ts";
import type { Standing, User } from "../../lib/users/mod.ts";
import type { TrustDecay } from "./rule.ts";

/** A user's rows as read. */
export interface UserRows {
  user: Deno.KvEntry<User>;
  standing: Standing | null;
  decay: TrustDecay | null;
}

/** Rows a batch of a list; 500 is KV's largest that pays. */
const BATCH = 500;

/**
 * Every user after `after` in the order of ids, with their other rows. Lists in the same order are merged, so that a
 * hundred thousand users cost three scans and no single reads, and memory for one batch.
 */
export async function* usersWithDecay(
  kv: Deno.Kv,
  after: string | undefined,
): AsyncGenerator<UserRows> {
  const users = kv.list<User>(from(keys.usersPrefix(), after, keys.user), {
    batchSize: BATCH,
  });
  const decayOf = inStep<TrustDecay>(
    kv,
    from(keys.trustDecays(), after, keys.trustDecay),
  );
  const standingOf = inStep<Standing>(
    kv,
    from(keys.standingsPrefix(), after, keys.standing),
  );
  for await (const user of users) {
    const id = user.key[1] as string;
    if (id === after) continue;
    yield { user, standing: await standingOf(id), decay: await decayOf(id) };
  }
}

/** Reads a list along: asked for ids in rising order, it gives their values, or `null` where there is none. */
function inStep<T>(kv: Deno.Kv, selector: Deno.KvListSelector) {
  const rows = kv.list<T>(selector, { batchSize: BATCH });
  let row: IteratorResult<Deno.KvEntry<T>> | undefined;
  return async (id: string): Promise<T | null> => {
    row ??= await rows.next();
    while (!row.done && (row.value.key[1] as string) < id) {
      row = await rows.next();
    }
    return !row.done && row.value.key[1] === id ? row.value.value : null;
  };
}

function from(
  prefix: Deno.KvKey,
  after: string | undefined,
  key: (id: string) => Deno.KvKey,
): Deno.KvListSelector {
  return after === undefined ? { prefix } : { prefix, start: key(after) };
}
