import { absent, commit, keys, retryConflicts, set } from "../../kv/mod.ts";

/** A secret of this deployment: made once, by whichever isolate comes first, and kept in the store. */
export function serverSecret<T>(
  kv: Deno.Kv,
  name: string,
  make: () => T | Promise<T>,
): Promise<T> {
  const key = keys.serverSecret(name);
  return retryConflicts(async () => {
    const known = await kv.get<T>(key);
    if (known.value !== null) return known.value;
    const made = await make();
    const committed = await commit(kv, {
      checks: [absent(key)],
      mutations: [set(key, made)],
    });
    return committed ? made : null;
  });
}
