/** The rows of a long list that are drawn, and how much room the others take. */
export interface RowWindow {
  /** Index of the first row that is drawn. */
  from: number;
  /** Index after the last one. */
  to: number;
  /** Pixels of the rows before `from`. */
  above: number;
  /** Pixels of the rows from `to` on. */
  below: number;
}

/** Up to so many rows all are drawn: that costs less than deciding. */
export const DRAW_ALL = 200;

/**
 * Chooses the rows around one that stays in its place.
 *
 * @param heights of every row, in pixels; estimates where a row has not been drawn yet
 * @param anchor index of the row
 * @param up pixels wanted above its top
 * @param down pixels wanted below its top
 */
export function windowAround(
  heights: ArrayLike<number>,
  anchor: number,
  up: number,
  down: number,
): RowWindow {
  const count = heights.length;
  if (count <= DRAW_ALL) return { from: 0, to: count, above: 0, below: 0 };
  const middle = Math.max(0, Math.min(anchor, count - 1));
  let from = middle;
  for (let room = up; from > 0 && room > 0;) room -= heights[--from]!;
  let to = middle;
  for (let room = down; to < count && room > 0;) room -= heights[to++]!;
  return {
    from,
    to,
    above: sum(heights, 0, from),
    below: sum(heights, to, count),
  };
}

/** The row that lies `fromBottom` pixels above the end of the list, and how far its top is above that line. */
export function rowAt(
  heights: ArrayLike<number>,
  fromBottom: number,
): { index: number; above: number } {
  let rest = fromBottom;
  for (let index = heights.length - 1; index >= 0; index--) {
    const height = heights[index]!;
    if (rest <= height) return { index, above: height - Math.max(rest, 0) };
    rest -= height;
  }
  return { index: 0, above: 0 };
}

function sum(heights: ArrayLike<number>, from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index++) total += heights[index]!;
  return total;
}
