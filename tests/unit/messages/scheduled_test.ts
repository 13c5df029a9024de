import { assert, assertEquals, assertRejects } from "@std/assert";
import { DAY, HOUR } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  blockUser,
  cancelScheduled,
  editScheduled,
  listMessages,
  listScheduled,
  registerMessageJobs,
  scheduleMessage,
} from "../../../lib/messages/mod.ts";
import { sendScheduled } from "../../../lib/messages/scheduled/send_job.ts";
import { registerNotificationJobs } from "../../../lib/notifications/mod.ts";
import { dmChannel, userChannel } from "../../../lib/realtime/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

const channel = dmChannel("ada", "bob");

async function world(deps: TestDeps) {
  registerNotificationJobs(deps.queue, deps);
  registerMessageJobs(deps.queue, deps);
  deps.queue.start();
  const ada = await deps.addUser("ada");
  await deps.addUser("bob");
  const waits = (content: string, sendAt = deps.now() + HOUR) =>
    scheduleMessage(deps, { channel, author: ada, content, sendAt });
  const after = async (ms: number) => {
    deps.clock.advance(ms);
    deps.queue.ring();
    await deps.queue.drain(5_000);
  };
  const sent = async () =>
    (await listMessages(deps, { channel })).messages.map((m) => m.content);
  return { ada, waits, after, sent };
}

Deno.test("a message that waits is sent at its time, once, however often its job runs", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const { waits, after, sent } = await world(deps);
  const { id, revision, authorId } = await waits("Later");
  await after(HOUR - 1);
  assertEquals(await sent(), []);
  deps.clock.advance(1);
  await Promise.all(
    Array.from(
      { length: 6 },
      (_, n) =>
        sendScheduled(n % 2 ? deps : other, { authorId, id, revision }).catch((
          error,
        ) =>
          assert(
            error instanceof NexoraError && error.code === "conflict",
            error,
          )
        ),
    ),
  );
  await after(0);
  assertEquals(await sent(), ["Later"]);
  assertEquals(await listScheduled(deps, "ada"), []);
  const states = (await deps.events(userChannel("ada")))
    .filter((e) => e.event === "message:scheduled")
    .map((e) => (e.json as { state: string }).state);
  assertEquals(states, ["waiting", "sent"]);
});

Deno.test("an edit moves it, and the job of the time before does nothing", async () => {
  await using deps = await openDeps();
  const { waits, after, sent } = await world(deps);
  const { id } = await waits("Soon");
  const change = { content: "Tomorrow", sendAt: deps.now() + DAY };
  await editScheduled(deps, "ada", channel, id, change);
  await after(HOUR);
  assertEquals(await sent(), []);
  await after(DAY);
  assertEquals(await sent(), ["Tomorrow"]);
  const again = () => editScheduled(deps, "ada", channel, id, change);
  assertEquals((await assertRejects(again, NexoraError)).code, "not_found");
});

Deno.test("what is cancelled is not sent; whoever may not write any more is told that it failed", async () => {
  await using deps = await openDeps();
  const { waits, after, sent } = await world(deps);
  const cancelled = await waits("Never");
  await cancelScheduled(deps, "ada", channel, cancelled.id);
  const { id } = await waits("Blocked");
  await blockUser(deps, "bob", "ada");
  await after(HOUR);
  assertEquals(await sent(), []);
  const [failed] = await listScheduled(deps, "ada", channel);
  assertEquals([failed!.id, failed!.state], [id, "failed"]);
  assert(failed!.reason?.includes("blocked"));
});

Deno.test("a time that has passed or is too far is refused", async () => {
  await using deps = await openDeps();
  const { waits } = await world(deps);
  for (const sendAt of [deps.now(), deps.now() + 366 * DAY]) {
    const error = await assertRejects(() => waits("x", sendAt), NexoraError);
    assertEquals(Object.keys(error.fields!), ["sendAt"]);
  }
});
