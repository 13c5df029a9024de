/** One change of an atomic commit, as data: actions describe, one place commits. */
export type Mutation =
  | {
    type: "set";
    key: Deno.KvKey;
    value: unknown; /** milliseconds */
    expireIn?: number;
  }
  | { type: "delete"; key: Deno.KvKey }
  | { type: "sum"; key: Deno.KvKey; value: bigint };

/** `versionstamp: null` demands that the key has no value. */
export type Check = Deno.AtomicCheck;

/** Checks and mutations that belong into one atomic commit. */
export interface Change {
  checks?: Check[];
  mutations?: Mutation[];
}

export function set(
  key: Deno.KvKey,
  value: unknown,
  expireIn?: number,
): Mutation {
  return expireIn === undefined
    ? { type: "set", key, value }
    : { type: "set", key, value, expireIn };
}

export function del(key: Deno.KvKey): Mutation {
  return { type: "delete", key };
}

export function sum(key: Deno.KvKey, value: bigint): Mutation {
  return { type: "sum", key, value };
}

/** A check that nobody changed `entry` since it was read. */
export function unchanged(entry: Deno.KvEntryMaybe<unknown>): Check {
  return { key: entry.key, versionstamp: entry.versionstamp };
}

/** A check that `key` has no value. */
export function absent(key: Deno.KvKey): Check {
  return { key, versionstamp: null };
}
