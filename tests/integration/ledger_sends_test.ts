/**
 * A thousand sends by two people while the server is killed: whoever listens ends with exactly what was acknowledged,
 * once, in one order, and so does the history. Over one isolate, several isolates, and two processes on one store.
 */
import { assert, assertEquals } from "@std/assert";
import { AppProcess } from "../support/app.ts";
import { KvStoreProcess } from "../support/kv_store_process.ts";
import { Ledger, sendAll } from "../support/ledger/ledger.ts";
import {
  assertExactlyOnce,
  Listener,
  readHistory,
} from "../support/ledger/listener.ts";
import { waitFor } from "../support/wait.ts";

const CHANNEL = "guild-demo-guild";
const SENDS = 1_000;

/** Runs the thousand sends against `apps`, the first of which is killed when 400 are acknowledged. */
async function thousandSends(apps: AppProcess[]): Promise<void> {
  const first = apps[0]!;
  const last = apps.at(-1)!;
  const owner = await first.signIn("demo-owner");
  const member = await last.signIn("demo-member");
  const ledger = new Ledger();
  using a = await Listener.open("owner", owner, () => [first.origin], CHANNEL);
  using b = await Listener.open("member", member, () => [last.origin], CHANNEL);

  const half = SENDS / 2;
  const sending = Promise.all([
    sendAll({
      user: owner,
      channel: CHANNEL,
      contents: Array.from({ length: half }, (_, n) => `owner ${n}`),
      ledger,
      origins: () => [first.origin],
    }),
    sendAll({
      user: member,
      channel: CHANNEL,
      contents: Array.from({ length: half }, (_, n) => `member ${n}`),
      ledger,
      origins: () => [last.origin],
    }),
  ]);
  // Whatever happens to the sends is reported once they are awaited.
  sending.catch(() => {});
  await waitFor(() => ledger.size >= 0.4 * SENDS, {
    timeout: 60_000,
    what: () => `400 acknowledged sends, ${ledger.size} are`,
  });
  await first.restart();
  assert(ledger.size < SENDS, "the kill came after the last send");
  await sending;

  assertEquals(ledger.size, SENDS);
  const order = await assertExactlyOnce(ledger, [a, b]);
  assertEquals(
    await readHistory(member, CHANNEL, last.origin, SENDS),
    order,
    "the history has another order than the live events",
  );
}

async function withDirectory(
  run: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await run(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("a thousand sends over a kill -9, one isolate", () =>
  withDirectory(async (directory) => {
    await using app = await AppProcess.start({ kvPath: `${directory}/kv.db` });
    await thousandSends([app]);
  }));

Deno.test("a thousand sends over a kill -9, two isolates of deno serve --parallel", () =>
  withDirectory(async (directory) => {
    await using app = await AppProcess.start({
      kvPath: `${directory}/kv.db`,
      isolates: 2,
    });
    await thousandSends([app]);
  }));

Deno.test("a thousand sends over a kill -9 of one of two processes on KV Connect", () =>
  withDirectory(async (directory) => {
    await using store = await KvStoreProcess.start(`${directory}/kv.db`);
    await using one = await AppProcess.start({ kvPath: store.url });
    await using two = await AppProcess.start({ kvPath: store.url });
    await thousandSends([one, two]);
  }));
