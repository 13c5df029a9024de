/** Keys of how people can be reached. */
type Key = Deno.KvKey;

/** What somebody has set. */
export const status = (userId: string): Key => ["status", userId];
/** When somebody last did something, on any device. */
export const lastInput = (userId: string): Key => ["lastInput", userId];
