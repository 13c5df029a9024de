/**
 * The log is split into shards: a channel lives in one, a shard has one order. Eight are few enough to watch from
 * each isolate (a remote watch pins an HTTP/2 stream) and for a commit over all of them to stay within 10 checks, and
 * enough that isolates seldom race for the same head. Changing the number starts a new epoch (channels move).
 */
export const SHARDS = 8;

/** FNV-1a of the channel's name: stable over processes and releases. */
export function shardOf(channel: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < channel.length; i++) {
    hash ^= channel.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % SHARDS;
}
