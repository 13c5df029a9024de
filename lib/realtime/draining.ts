import { before, delay } from "../kv/mod.ts";
import { CLOSES } from "./closes.ts";
import type { Connection } from "./connection.ts";
import { systemFrame } from "./frames.ts";

/** Milliseconds over which a drain spreads the clients' reconnects. */
const SPREAD = 1_500;
const STEPS = 15;
/** Milliseconds that clients get to answer a close. */
const CLOSE_DEADLINE = 500;

/** Sends clients elsewhere, spread out so that they do not all come back at once; resolves when they have gone. */
export async function sendAway(open: Connection[]): Promise<void> {
  const gone = open.map((connection) => connection.gone());
  const batch = Math.max(1, Math.ceil(open.length / STEPS));
  for (let i = 0; i < open.length; i += batch) {
    for (const connection of open.slice(i, i + batch)) {
      if (connection.takesBatches) {
        const delay = Math.round(Math.random() * SPREAD);
        connection.send(systemFrame("nexora:reconnect", { delay }));
      }
      connection.close(CLOSES.reconnect);
    }
    if (i + batch < open.length) await delay(SPREAD / STEPS);
  }
  // Exiting before a client has answered would cut it off with another code than 4200.
  await before(Promise.all(gone), CLOSE_DEADLINE).catch(() => {});
}
