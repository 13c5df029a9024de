/**
 * Ten thousand sends over connections that are cut all the time, in the middle of requests, answers and frames: whoever
 * listens ends with exactly what was acknowledged, and so do history, counts and the chain of the export.
 */
import { assert, assertEquals } from "@std/assert";
import { verifyExport } from "../../lib/messages/mod.ts";
import { AppProcess, SignedIn } from "../support/app.ts";
import { CuttingProxy } from "../support/ledger/cutting_proxy.ts";
import { Ledger, sendAll } from "../support/ledger/ledger.ts";
import {
  assertExactlyOnce,
  Listener,
  readHistory,
} from "../support/ledger/listener.ts";

const CHANNEL = "guild-demo-guild";
const SENDS = 10_000;

Deno.test("ten thousand sends over connections that are cut", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await using app = await AppProcess.start({
      kvPath: `${directory}/kv.db`,
      // A listener that is cut off for a moment has missed more than the thousand events that are kept otherwise.
      env: { RETENTION: '{"guild":{"seconds":900,"events":30000}}' },
    });
    using proxy = new CuttingProxy({
      port: app.port,
      seed: 7,
      every: 250,
      chance: 0.1,
    });
    const owner = await app.signIn("demo-owner");
    const member = await app.signIn("demo-member");
    const counts = async (user: SignedIn) => {
      const answer = await user.fetch(`/api/channels/${CHANNEL}/read`);
      return (await answer.json()).read as { unread: number };
    };
    for (const user of [owner, member]) {
      const path = `/api/channels/${CHANNEL}/read`;
      const read = await user.fetch(path, { method: "POST", json: {} });
      await read.body?.cancel();
    }
    const through = () => [proxy.origin];
    using a = await Listener.open("owner", owner, through, CHANNEL);
    using b = await Listener.open("member", member, through, CHANNEL);
    const ledger = new Ledger();
    await Promise.all([owner, member].map((user) =>
      sendAll({
        user,
        channel: CHANNEL,
        contents: Array.from(
          { length: SENDS / 2 },
          (_, n) => `${user.handle} ${n}`,
        ),
        ledger,
        origins: through,
        concurrency: 16,
      })
    ));
    assertEquals(ledger.size, SENDS);
    assert(proxy.cuts > 20, `only ${proxy.cuts} connections were cut`);
    proxy.calm();
    const order = await assertExactlyOnce(ledger, [a, b], 120_000);
    assertEquals(
      await readHistory(member, CHANNEL, app.origin, SENDS),
      order,
      "the history has another order than the live events",
    );
    assertEquals((await counts(owner)).unread, SENDS / 2);
    assertEquals((await counts(member)).unread, SENDS / 2);
    const answer = await owner.fetch(`/api/channels/${CHANNEL}/export`);
    const checked = verifyExport(await answer.json());
    assertEquals([checked.intact, checked.problems], [true, []]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
