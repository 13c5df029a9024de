import { assertEquals } from "@std/assert";
import { AppProcess } from "../app.ts";
import { KvStoreProcess } from "../kv_store_process.ts";
import { waitFor } from "../wait.ts";
import { Ledger, sendAll } from "./ledger.ts";
import { ListenerProcess } from "./listener_process.ts";

const CHANNEL = "guild-demo-guild";

export interface FaultRun {
  /** Decides which faults come, to whom and when. */
  seed: number;
  /** Messages of each of the two senders. */
  sends: number;
  /** Kills, restarts and stalls, one after another. */
  faults: number;
  /** Milliseconds for which a client stands still. */
  stall: number;
  /** Messages a second of each sender at the most; default: as fast as it goes. */
  pace?: number;
  log?: (line: string) => void;
}

/** What became of it. */
export interface FaultReport {
  acknowledged: number;
  faults: string[];
  /** Seconds. */
  took: number;
}

/** Numbers in `[0, 1)`, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  return () => {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

/**
 * Three processes on one store, two senders and three listeners spread over them, while processes are killed (-9), the
 * store is killed and started again, and listeners stand still. In the end every listener holds exactly what was
 * acknowledged, once, in one order.
 *
 * @throws {AssertionError} when one does not
 */
export async function runFaults(options: FaultRun): Promise<FaultReport> {
  const { seed, sends, faults, stall, pace, log = () => {} } = options;
  const random = randomFrom(seed);
  const started = performance.now();
  const directory = await Deno.makeTempDir();
  try {
    await using store = await KvStoreProcess.start(`${directory}/kv.db`);
    await using one = await AppProcess.start({ kvPath: store.url });
    await using two = await AppProcess.start({ kvPath: store.url });
    await using three = await AppProcess.start({ kvPath: store.url });
    const apps = [one, two, three];
    const origins = apps.map(({ origin }) => origin);
    const users = [
      await one.signIn("demo-owner"),
      await one.signIn("demo-member"),
    ] as const;
    const path = `/api/channels/${CHANNEL}/messages?limit=1`;
    const { position } = await (await users[0].fetch(path)).json();
    // Each begins at another process, and goes on to the next when it loses it.
    const listen = (n: number) =>
      ListenerProcess.start(
        `listener ${n}`,
        users[n % 2]!,
        CHANNEL,
        position,
        [...origins.slice(n), ...origins.slice(0, n)],
      );
    await using first = await listen(0);
    await using second = await listen(1);
    await using third = await listen(2);
    const listeners = [first, second, third];

    const ledger = new Ledger();
    const sending = Promise.all(users.map((user, sender) =>
      sendAll({
        user,
        channel: CHANNEL,
        contents: Array.from({ length: sends }, (_, n) => `${sender}:${n}`),
        ledger,
        origins: () => origins,
        pace,
      })
    ));
    sending.catch(() => {});

    const done: string[] = [];
    const pick = <T>(all: T[]) => all[Math.floor(random() * all.length)]!;
    const pause = (ms: number) =>
      new Promise((resolve) => setTimeout(resolve, ms));
    for (let n = 0; n < faults; n++) {
      await pause(200 + random() * 800);
      const kind = random();
      if (kind < 0.5) {
        const app = pick(apps);
        await app.kill();
        await pause(random() * 1_000);
        await app.restart();
        done.push(`process ${apps.indexOf(app)} killed`);
      } else if (kind < 0.75) {
        await store.kill();
        await pause(random() * 1_000);
        await store.restart();
        done.push("store killed");
      } else {
        const listener = pick(listeners);
        listener.child.signal("SIGSTOP");
        await pause(stall);
        listener.child.signal("SIGCONT");
        done.push(`${listener.name} stalled`);
      }
      log(`${done.at(-1)}, ${ledger.size} acknowledged`);
    }
    await sending;
    assertEquals(ledger.size, 2 * sends);
    await assertHeard(ledger, listeners, apps);
    return {
      acknowledged: ledger.size,
      faults: done,
      took: (performance.now() - started) / 1000,
    };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function assertHeard(
  ledger: Ledger,
  listeners: ListenerProcess[],
  apps: AppProcess[],
): Promise<void> {
  await waitFor(
    () =>
      listeners.every((listener) =>
        listener.heard().messages.length >= ledger.size
      ),
    {
      timeout: 60_000,
      interval: 100,
      what: () =>
        `${ledger.size} messages at each listener, they have ${
          listeners.map((l) => l.heard().messages.length)
        }; the processes printed ${apps.map((app) => app.output).join("\n")}`,
    },
  );
  const acknowledged = Object.fromEntries(ledger.contents());
  const order = listeners[0]!.heard().messages.map(({ id }) => id);
  assertEquals(new Set(order).size, order.length, "a message came twice");
  for (const listener of listeners) {
    const { messages, expired } = listener.heard();
    assertEquals(expired, 0, `${listener.name} was told to start anew`);
    assertEquals(
      Object.fromEntries(messages.map(({ id, content }) => [id, content])),
      acknowledged,
      `${listener.name} holds something else than was acknowledged`,
    );
    assertEquals(messages.map(({ id }) => id), order, "the orders differ");
  }
}
