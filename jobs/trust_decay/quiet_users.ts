import { keys } from "../../lib/kv/mod.ts";
import type { User } from "../../lib/users/mod.ts";
import type { TrustDecay } from "./rule.ts";

/** A user's rows as read. */
export interface UserRows {
  user: Deno.KvEntry<User>;
  decay: TrustDecay | null;
}

/** Rows a batch of a list; 500 is KV's largest that pays. */
const BATCH = 500;

/**
 * Every user after `after` in the order of ids, with their decay row. Two lists in the same order are merged, so that
 * a hundred thousand users cost two scans and no single reads, and memory for one batch.
 */
export async function* usersWithDecay(
  kv: Deno.Kv,
  after: string | undefined,
): AsyncGenerator<UserRows> {
  const users = kv.list<User>(from(keys.usersPrefix(), after, keys.user), {
    batchSize: BATCH,
  });
  const decays = kv.list<TrustDecay>(
    from(keys.trustDecays(), after, keys.trustDecay),
    { batchSize: BATCH },
  );
  let decay = await decays.next();
  for await (const user of users) {
    const id = user.key[1] as string;
    if (id === after) continue;
    while (!decay.done && (decay.value.key[1] as string) < id) {
      decay = await decays.next();
    }
    const found = !decay.done && decay.value.key[1] === id;
    yield { user, decay: found ? decay.value!.value : null };
  }
}

function from(
  prefix: Deno.KvKey,
  after: string | undefined,
  key: (id: string) => Deno.KvKey,
): Deno.KvListSelector {
  return after === undefined ? { prefix } : { prefix, start: key(after) };
}
