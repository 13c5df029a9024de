/** Keys of the store itself. */
type Key = Deno.KvKey;

export const schemaVersion = (): Key => ["meta", "schema"];
export const demoSeed = (): Key => ["meta", "demo"];
/** Which world of `deno task seed` is in the store, and how far it is written. */
export const crowdSeed = (): Key => ["meta", "crowd"];
export const serverSecret = (name: string): Key => ["meta", "secret", name];
