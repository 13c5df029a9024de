import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { rowAt, type RowWindow, windowAround } from "./row_window.ts";

/** Pixels from the bottom that still count as being there. */
const NEAR = 48;
/** Pixels from either end at which more messages are fetched, before anybody waits for them. */
const EARLY = 800;
/** Pixels drawn beyond what is seen, and how much of them may be scrolled away before rows are chosen again. */
const BEYOND = 1_200;
const SLACK = 600;

/** What the list needs to know of a row. */
export interface ListRow {
  key: string;
  /** A guess of its height in pixels, until it has been drawn. */
  guess: number;
}

export interface ListScrollOptions {
  /** There are newer messages than these: the end of the list is not the end of the conversation. */
  detached: boolean;
  onNearTop: () => void;
  onNearBottom: () => void;
}

export interface ListScroll {
  /** The scroller: `flex-direction: column-reverse`, so its `scrollTop` is 0 at the bottom and negative above. */
  scroller: RefObject<HTMLDivElement>;
  /** What is in it. */
  content: RefObject<HTMLDivElement>;
  window: RowWindow;
  /** The newest message is in view. */
  atBottom: boolean;
  toBottom(smooth?: boolean): void;
  /** Brings the row into the middle as soon as it is in the list. */
  toRow(key: string, focus?: boolean): void;
}

/**
 * Keeps a bottom-up list in place and draws of a long one only what is near. At the bottom it stays there whatever
 * arrives. Above, the row at the top edge keeps its place to the pixel: in a bottom-up scroller rows put in above move
 * nothing by themselves, and whatever moves it otherwise (rows put in below, a row that grows, a guess that was wrong)
 * is taken back before the frame is painted.
 */
export function useListScroll(
  rows: readonly ListRow[],
  { detached, onNearTop, onNearBottom }: ListScrollOptions,
): ListScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const known = useRef(new Map<string, number>());
  /**
   * The row at the top edge and how far from that its ends are; `null` at the bottom. What is kept is the row's lower
   * end: when older messages turn out to be its author's too it loses its name, and what is below must not follow.
   */
  const anchor = useRef<
    { key: string; top: number; bottom: number | null } | null
  >(null);
  const wanted = useRef<{ key: string; focus: boolean } | null>(null);
  const [atBottom, setAtBottom] = useState(!detached);
  const [, redraw] = useState(0);

  const heights = rows.map(({ key, guess }) => known.current.get(key) ?? guess);
  const view = scroller.current?.clientHeight || 900;
  const drawn = choose();
  const latest = useRef({
    rows,
    heights,
    drawn,
    detached,
    onNearTop,
    onNearBottom,
  });
  latest.current = { rows, heights, drawn, detached, onNearTop, onNearBottom };

  function choose(): RowWindow {
    const goal = wanted.current && indexOf(rows, wanted.current.key);
    if (goal !== null && goal >= 0) {
      return windowAround(heights, goal, view + BEYOND, view + BEYOND);
    }
    const at = anchor.current ? indexOf(rows, anchor.current.key) : -1;
    if (at < 0) {
      return windowAround(heights, rows.length, view + BEYOND, 0);
    }
    const { top } = anchor.current!;
    return windowAround(heights, at, BEYOND + top, view - top + BEYOND);
  }

  /** Notes what is at the top edge, and whether other rows have to be drawn. */
  const note = () => {
    const box = scroller.current!;
    const { detached, heights, rows, drawn } = latest.current;
    const fromBottom = -box.scrollTop;
    const bottom = fromBottom < NEAR && !detached;
    setAtBottom(bottom);
    const edge = box.getBoundingClientRect().top;
    const row = firstRowBelow(box, edge);
    if (bottom) anchor.current = null;
    else if (row && row.getBoundingClientRect().top < edge + box.clientHeight) {
      const { top, bottom } = row.getBoundingClientRect();
      anchor.current = {
        key: row.dataset.key!,
        top: top - edge,
        bottom: bottom - edge,
      };
    } else {
      // In the room of rows that are not drawn: by what is known of their heights.
      const { index, above } = rowAt(heights, fromBottom + box.clientHeight);
      const key = rows[index]?.key;
      anchor.current = key === undefined
        ? null
        : { key, top: -above, bottom: null };
    }
    const toTop = box.scrollHeight - box.clientHeight - fromBottom;
    if (toTop < drawn.above + BEYOND - SLACK && drawn.from > 0) {
      redraw((n) => n + 1);
    } else if (
      fromBottom < drawn.below + BEYOND - SLACK && drawn.to < rows.length
    ) {
      redraw((n) => n + 1);
    }
    if (toTop < EARLY) latest.current.onNearTop();
    if (detached && fromBottom < EARLY) latest.current.onNearBottom();
  };

  /** Measures what is drawn and puts the row at the top edge back into its place. */
  const settle = () => {
    const box = scroller.current!;
    for (const row of box.querySelectorAll<HTMLElement>("[data-row]")) {
      known.current.set(row.dataset.row!, row.offsetHeight);
    }
    const goal = wanted.current && rowOf(box, wanted.current.key);
    if (goal) {
      centre(box, goal);
      if (wanted.current!.focus) goal.focus({ preventScroll: true });
      wanted.current = null;
    } else if (anchor.current === null) {
      if (!latest.current.detached) box.scrollTop = 0;
    } else {
      const row = rowOf(box, anchor.current.key);
      const moved = row
        ? movedBy(row, box.getBoundingClientRect().top, anchor.current)
        : 0;
      if (Math.abs(moved) > 0.5) box.scrollTop += moved;
    }
    note();
  };

  useLayoutEffect(settle, [rows, drawn.from, drawn.to]);

  useEffect(() => {
    const box = scroller.current!;
    box.addEventListener("scroll", note, { passive: true });
    // The composer grows, the keyboard of a phone comes up, the window changes, a row opens to be edited.
    const sizes = new ResizeObserver(settle);
    sizes.observe(box);
    sizes.observe(content.current!);
    return () => {
      box.removeEventListener("scroll", note);
      sizes.disconnect();
    };
  }, []);

  const toBottom = (smooth = false) => {
    anchor.current = null;
    redraw((n) => n + 1);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scroller.current?.scrollTo({
      top: 0,
      // Over a long way nobody follows the rows that fly by.
      behavior: smooth && !calm && -scroller.current.scrollTop < 3 * view
        ? "smooth"
        : "instant",
    });
  };
  const toRow = (key: string, focus = false) => {
    wanted.current = { key, focus };
    redraw((n) => n + 1);
    const row = scroller.current && rowOf(scroller.current, key);
    // Where nothing has to be drawn for it no layout effect runs.
    if (row) settle();
  };
  return { scroller, content, window: drawn, atBottom, toBottom, toRow };
}

function indexOf(rows: readonly ListRow[], key: string): number {
  return rows.findIndex((row) => row.key === key);
}

function rowOf(box: Element, key: string): HTMLElement | null {
  return box.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

function movedBy(
  row: HTMLElement,
  edge: number,
  { top, bottom }: { top: number; bottom: number | null },
): number {
  const now = row.getBoundingClientRect();
  return bottom === null ? now.top - edge - top : now.bottom - edge - bottom;
}

function centre(box: HTMLElement, row: HTMLElement): void {
  const room = box.clientHeight - row.offsetHeight;
  const place = box.getBoundingClientRect().top + Math.max(8, room / 2.5);
  box.scrollTop += row.getBoundingClientRect().top - place;
}

/** Binary search over rows in document order: the first that ends below `edge`. */
function firstRowBelow(box: Element, edge: number): HTMLElement | null {
  const rows = box.querySelectorAll<HTMLElement>("[data-key]");
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  return rows[low] ?? null;
}
