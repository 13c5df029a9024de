/** Keys of the store itself. */
type Key = Deno.KvKey;

export const schemaVersion = (): Key => ["meta", "schema"];
export const demoSeed = (): Key => ["meta", "demo"];
export const serverSecret = (name: string): Key => ["meta", "secret", name];
