import { keys } from "../kv/mod.ts";

/** Places read at once from the top, and counted without help. */
const DIRECT = 500;
/** A mark stands at every `spacing`th place, and there are at most this many. */
const MARKS = 512;
const SPACING = 100;

/** The best of a board, with positions: equal scores share one, and the next is that much lower (1, 2, 2, 4). */
export async function topPlaces(
  kv: Deno.Kv,
  board: string,
  period: string,
  limit: number,
): Promise<{ id: string; score: number; position: number }[]> {
  const rows = kv.list<number>({ prefix: keys.places(board, period) }, {
    limit,
  });
  const places: { id: string; score: number; position: number }[] = [];
  for await (const { key, value: score } of rows) {
    const before = places.at(-1);
    places.push({
      id: key.at(-1) as string,
      score,
      position: before?.score === score ? before.position : places.length + 1,
    });
  }
  return places;
}

/** Where on a board how many places stand before: made by one walk over the board, kept for half an hour. */
export interface Marks {
  total: number;
  /** `[score, id, places before it]`, best first. */
  marks: [score: number, id: string, before: number][];
}

/** Walks a whole board once, streaming. A hundred thousand places take about a second. */
export async function readMarks(
  kv: Deno.Kv,
  board: string,
  period: string,
  signal?: AbortSignal,
): Promise<Marks> {
  let spacing = SPACING;
  let marks: Marks["marks"] = [];
  let total = 0;
  const rows = kv.list<number>({ prefix: keys.places(board, period) }, {
    batchSize: 1_000,
  });
  for await (const { key, value } of rows) {
    if (total % spacing === 0) {
      if (total % 10_000 === 0) signal?.throwIfAborted();
      marks.push([value, key.at(-1) as string, total]);
      if (marks.length > MARKS) {
        spacing *= 2;
        marks = marks.filter(([, , before]) => before % spacing === 0);
      }
    }
    total++;
  }
  return { total, marks };
}

/**
 * Position of a score: one more than there are better ones. Reads at most some hundred places: from the top, or from
 * the mark before it, so it is exact but for what has moved since the marks were made.
 */
export async function positionOf(
  kv: Deno.Kv,
  board: string,
  period: string,
  score: number,
  loadMarks: () => Promise<Marks>,
): Promise<number> {
  const end = keys.place(board, period, score, "");
  const prefix = keys.places(board, period);
  const count = async (selector: Deno.KvListSelector, limit: number) => {
    let n = 0;
    for await (const _ of kv.list(selector, { limit, batchSize: limit })) n++;
    return n;
  };
  const better = await count({ prefix, end }, DIRECT);
  if (better < DIRECT) return better + 1;
  const { marks } = await loadMarks();
  const at = lastBetter(marks, score);
  if (at === null) return better + 1;
  const [markScore, id, before] = at;
  const start = keys.place(board, period, markScore, id);
  const distance = Math.max(DIRECT, 4 * spacingOf(marks));
  return before + await count({ start, end }, distance) + 1;
}

/** The last mark whose score is better, by halving. */
function lastBetter(
  marks: Marks["marks"],
  score: number,
): Marks["marks"][number] | null {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle]![0] > score) low = middle + 1;
    else high = middle;
  }
  return marks[low - 1] ?? null;
}

function spacingOf(marks: Marks["marks"]): number {
  return (marks[1]?.[2] ?? SPACING) - (marks[0]?.[2] ?? 0);
}
