/** Keys of files that people send into rooms. */
type Key = Deno.KvKey;

export const upload = (channel: string, id: string): Key => [
  "uploads",
  channel,
  id,
];
