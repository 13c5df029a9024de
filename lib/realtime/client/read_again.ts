import type { ReadonlySignal } from "@preact/signals";
import { type Window, withRepeated } from "./chat_window.ts";
import type { Environment } from "./environment.ts";
import { type History, type HistoryPage, PAGE_SIZE } from "./history.ts";

/** Pages read at most to reach what is shown; past that it is given up for the newest. */
const REACH = 10;

/** What is shown, to be read again. */
export interface Shown {
  history: History;
  window: ReadonlySignal<Window>;
  show: (page: HistoryPage) => void;
  /** Id of the last message before those that may be missing. */
  edge: string | null;
}

/**
 * Reads again what is shown, the newest first, and puts each page into the place of what it repeats: what the reader
 * looks at stays where it is, and so does what older pages bring meanwhile.
 *
 * @throws {ApiFailure}
 */
export async function readAgain(
  env: Environment,
  { history, window, show, edge }: Shown,
): Promise<void> {
  const { items, after } = window.peek();
  const middle = items[items.length >> 1];
  if (after !== null && middle) {
    return await history.readAround(env, middle.id, show);
  }
  let next: string | null = null;
  /** `false` when the page does not reach what is shown. */
  const repeat = (page: HistoryPage): boolean => {
    next = null;
    const held = window.peek();
    // Somebody went elsewhere meanwhile: that has been read just now.
    if (held.after !== null) return true;
    const repeated = withRepeated(
      held,
      page,
      page.after === null ? edge : null,
    );
    if (!repeated) return false;
    if (repeated.before !== page.before) next = page.before;
    show({ ...page, ...repeated });
    return true;
  };
  const pages = Math.min(REACH, Math.ceil(items.length / PAGE_SIZE) || 1);
  let met = false;
  await history.read(env, null, 1, (page) => {
    met = repeat(page);
    if (met || pages > 1) return;
    met = true;
    show(page);
  });
  if (!met) {
    await history.read(env, null, pages, (page) => {
      if (!repeat(page)) show(page);
    });
  }
  while (next !== null) await history.read(env, next, 1, repeat);
}
