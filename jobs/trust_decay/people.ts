import { keys } from "../../lib/kv/mod.ts";
import type { PersonRows, Standing, User } from "../../lib/users/mod.ts";

/** Rows a batch of a list: the most that KV takes. */
const BATCH = 1_000;

/** Users handed over together. */
const PAGE = 100;

/**
 * Every user after `after` in the order of ids, with their counters, some at a time. Two lists in the same order are
 * merged, so that a hundred thousand users cost two scans and no single reads, and memory for one batch.
 */
export async function* peopleAfter(
  kv: Deno.Kv,
  after: string | null,
): AsyncGenerator<PersonRows[]> {
  const users = kv.list<User>(from(keys.usersPrefix(), after, keys.user), {
    batchSize: BATCH,
  });
  const standings = kv.list<Standing>(
    from(keys.standingsPrefix(), after, keys.standing),
    { batchSize: BATCH },
  );
  let next = await standings.next();
  let page: PersonRows[] = [];
  for await (const user of users) {
    const id = user.key[1] as string;
    if (id === after) continue;
    while (!next.done && (next.value.key[1] as string) < id) {
      next = await standings.next();
    }
    const own = !next.done && next.value.key[1] === id;
    page.push({ user, standing: own ? next.value!.value : null });
    if (page.length === PAGE) {
      yield page;
      page = [];
    }
  }
  yield page;
}

function from(
  prefix: Deno.KvKey,
  after: string | null,
  key: (id: string) => Deno.KvKey,
): Deno.KvListSelector {
  return after === null ? { prefix } : { prefix, start: key(after) };
}
