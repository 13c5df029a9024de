/** The last promise of each key's line. In memory: it orders one isolate, checks of commits order isolates. */
const lines = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after all earlier work with the same key in this isolate. Optimistic commits on one row (a guild's
 * member count, an inbox) would otherwise overtake each other many times when hundreds arrive at once.
 */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = lines.get(key) ?? Promise.resolve();
  const turn = before.then(work, work);
  const settled = turn.then(() => {}, () => {});
  lines.set(key, settled);
  settled.then(() => {
    if (lines.get(key) === settled) lines.delete(key);
  });
  return turn;
}
