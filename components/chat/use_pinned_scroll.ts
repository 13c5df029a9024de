import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Pixels from the bottom that still count as being there. */
const NEAR = 48;
/** Pixels from the top at which older messages are fetched, before anybody waits for them. */
const EARLY = 600;

export interface PinnedScroll {
  /** The scroller: `flex-direction: column-reverse`, so its `scrollTop` is 0 at the bottom and negative above. */
  scroller: RefObject<HTMLDivElement>;
  /** The newest message is in view. */
  atBottom: boolean;
  toBottom(smooth?: boolean): void;
}

/**
 * Keeps a bottom-up list in place. At the bottom it stays there whatever arrives. Above, the row at the top edge keeps
 * its place to the pixel: in a bottom-up scroller rows put in above move nothing by themselves, and rows put in below
 * would, so the difference is taken back before the frame is painted.
 *
 * @param version changes whenever the rows do
 * @param onNearTop asked for more when the reader comes near the oldest row
 */
export function usePinnedScroll(
  version: unknown,
  onNearTop: () => void,
): PinnedScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ row: Element; top: number } | null>(null);
  const [atBottom, setAtBottom] = useState(true);
  const pinned = useRef(true);
  const nearTop = useRef(onNearTop);
  nearTop.current = onNearTop;

  const note = () => {
    const box = scroller.current!;
    pinned.current = -box.scrollTop < NEAR;
    setAtBottom(pinned.current);
    const edge = box.getBoundingClientRect().top;
    const row = firstRowBelow(box, edge);
    anchor.current = row && { row, top: row.getBoundingClientRect().top };
    if (box.scrollHeight - box.clientHeight + box.scrollTop < EARLY) {
      nearTop.current();
    }
  };

  useLayoutEffect(() => {
    const box = scroller.current!;
    if (pinned.current) box.scrollTop = 0;
    else if (anchor.current?.row.isConnected) {
      const moved = anchor.current.row.getBoundingClientRect().top -
        anchor.current.top;
      if (Math.abs(moved) > 0.5) box.scrollTop += moved;
    }
    note();
  }, [version]);

  useEffect(() => {
    const box = scroller.current!;
    box.addEventListener("scroll", note, { passive: true });
    // The composer grows, the keyboard of a phone comes up, the window changes.
    const sizes = new ResizeObserver(() => {
      if (pinned.current) box.scrollTop = 0;
      else note();
    });
    sizes.observe(box);
    return () => {
      box.removeEventListener("scroll", note);
      sizes.disconnect();
    };
  }, []);

  const toBottom = (smooth = false) => {
    scroller.current?.scrollTo({
      top: 0,
      behavior: smooth ? "smooth" : "instant",
    });
  };
  return { scroller, atBottom, toBottom };
}

/** Binary search over rows in document order: the first that ends below `edge`. */
function firstRowBelow(box: Element, edge: number): Element | null {
  const rows = box.querySelectorAll("[data-key]");
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  return rows[low] ?? null;
}
