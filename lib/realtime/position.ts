/**
 * Where an event stands in its channel: `epoch.seq.index`. `epoch` changes when a shard's history starts anew,
 * `seq` counts the shard's commits without a gap, `index` counts the events of one commit.
 */
export interface Position {
  epoch: number;
  seq: number;
  index: number;
}

export function formatPosition(p: Position): string {
  return `${p.epoch}.${p.seq}.${p.index}`;
}

/** Returns `null` for anything that is not a position. */
export function parsePosition(text: string): Position | null {
  const match = /^(\d{1,16})\.(\d{1,16})\.(\d{1,7})$/.exec(text);
  if (!match) return null;
  return {
    epoch: Number(match[1]),
    seq: Number(match[2]),
    index: Number(match[3]),
  };
}

/** Negative if `a` comes before `b`, 0 if they are the same, positive if it comes after. */
export function comparePositions(a: Position, b: Position): number {
  return a.epoch - b.epoch || a.seq - b.seq || a.index - b.index;
}

/** Fixed-width text (30 characters of `0-9a-z`) whose string order is the order of positions; used in KV keys. */
export function orderKey(p: Position): string {
  return p.epoch.toString(36).padStart(11, "0") +
    p.seq.toString(36).padStart(11, "0") +
    p.index.toString(36).padStart(8, "0");
}

/** The inverse of `orderKey`. */
export function parseOrderKey(text: string): Position | null {
  if (!/^[0-9a-z]{30}$/.test(text)) return null;
  return {
    epoch: parseInt(text.slice(0, 11), 36),
    seq: parseInt(text.slice(11, 22), 36),
    index: parseInt(text.slice(22), 36),
  };
}
