import { assertEquals } from "@std/assert";
import { Outbox } from "../../../lib/realtime/client/outbox.ts";
import type { VaultPort } from "../../../lib/realtime/client/vault_port.ts";
import { FakeEnvironment, settled } from "./fake_environment.ts";

/** A vault in memory: what is kept, and what tabs that are no more have left. */
function fakeVault(left: unknown[] = []) {
  const kept: (readonly unknown[])[] = [];
  const port: VaultPort = {
    mayHold: () => left.length > 0,
    open: () =>
      Promise.resolve({
        keep: (_, items) => Promise.resolve(void kept.push([...items])),
        adopt: () => Promise.resolve(left.splice(0)),
      }),
  };
  return { port, kept };
}

const unsent = (clientId: string, sentAt: number) => ({
  clientId,
  channel: "guild-1",
  content: `text of ${clientId}`,
  sentAt,
  state: "sending",
});

Deno.test("what a closed tab has left is sent, in the order in which it was written", async () => {
  const env = new FakeEnvironment();
  const { port } = fakeVault([
    unsent("b", env.now() - 1),
    unsent("a", env.now() - 2),
  ]);
  const outbox = new Outbox(env, "ada", port);
  await settled();
  assertEquals(outbox.items.value.map(({ clientId }) => clientId), ["a", "b"]);
  assertEquals(JSON.parse(env.requests[0]!.body).clientId, "a");
});

Deno.test("what is older than the server remembers client ids is not sent unasked", async () => {
  const env = new FakeEnvironment();
  env.advance(48 * 60 * 60_000);
  const { port } = fakeVault([unsent("old", env.now() - 30 * 60 * 60_000)]);
  const outbox = new Outbox(env, "ada", port);
  await settled();
  assertEquals(outbox.items.value.map(({ state }) => state), ["failed"]);
  assertEquals(env.requests.length, 0);
});

Deno.test("what waits is kept after a moment and let go when it has arrived", async () => {
  const env = new FakeEnvironment();
  const { port, kept } = fakeVault();
  const outbox = new Outbox(env, "ada", port);
  outbox.send("guild-1", "hello");
  env.advance(300);
  await settled();
  assertEquals(kept.map((items) => items.length), [1]);
  env.requests[0]!.answer(201);
  await settled();
  env.advance(300);
  await settled();
  assertEquals(kept.map((items) => items.length), [1, 0]);
});
