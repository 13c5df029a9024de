import type { Page } from "playwright-core";

/** What `prepare` puts onto the page's window. */
interface Gate {
  /** An older page has been asked for and waits. */
  waiting: boolean;
  /** Pages wait for `release`. */
  shut: boolean;
  release: () => void;
}

/** Puts a gate before the page's requests for older messages, so that a place can be taken before they come. */
export async function prepare(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const gate: Gate = { waiting: false, shut: false, release: () => {} };
    Object.assign(globalThis, { gate });
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const answer = await fetch(input, init);
      if (gate.shut && /\/messages\?.*before=/.test(url)) {
        const released = new Promise<void>((done) => gate.release = done);
        gate.waiting = true;
        await released;
      }
      return answer;
    };
  });
}

/**
 * In the page: scrolls up to where older messages are asked for, lets them in, and watches every message in view in
 * every frame. Returns the milliseconds from the answer to the frame in which they are there, and the furthest that one
 * was from its place, in px.
 */
export async function prepend(): Promise<{ took: number; moved: number }> {
  const { gate } = globalThis as unknown as { gate: Gate };
  const log = document.querySelector<HTMLElement>(".history")!;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const until = async (met: () => boolean) => {
    for (let n = 0; !met(); n++) {
      if (n > 600) throw new Error("No older messages were asked for or came");
      await frame();
    }
  };
  gate.waiting = false;
  gate.shut = true;
  await until(() => {
    // Anew in each frame: what is drawn on the way up is higher or lower than was guessed.
    log.scrollTop = -(log.scrollHeight - log.clientHeight - 150);
    return gate.waiting;
  });
  for (let n = 0; n < 10; n++) await frame();
  const edge = log.getBoundingClientRect().top;
  /** Lower ends: of the topmost message the name goes when those before it are its author's, and its text stays. */
  const placed = [...log.querySelectorAll<HTMLElement>("[data-message-id]")]
    .map((row) => ({ row, box: row.getBoundingClientRect() }))
    .filter(({ box }) =>
      box.bottom >= edge && box.top < edge + log.clientHeight
    )
    .map(({ row, box }) => ({ key: row.dataset.key!, bottom: box.bottom }));
  const height = log.scrollHeight;
  let moved = 0;
  const look = () => {
    for (const { key, bottom } of placed) {
      const row = log.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!row) continue;
      const now = row.getBoundingClientRect().bottom;
      moved = Math.max(moved, Math.abs(now - bottom));
    }
  };
  const began = performance.now();
  gate.shut = false;
  gate.release();
  await until(() => {
    look();
    return log.scrollHeight > height + 400;
  });
  const took = performance.now() - began;
  for (let n = 0; n < 10; n++) {
    await frame();
    look();
  }
  return { took, moved };
}
