/** One in-memory database; every "isolate" gets the same handle, since each `:memory:` handle is a database of its own. */
export async function sharedMemoryStore() {
  const kv = await Deno.openKv(":memory:");
  return {
    openKv: () => Promise.resolve(kv),
    close: () => Promise.resolve(),
  };
}
