/** Keys of activity. */
type Key = Deno.KvKey;

export const activity = (at: number, id: string): Key => ["activity", at, id];
export const activityPrefix = (): Key => ["activity"];
