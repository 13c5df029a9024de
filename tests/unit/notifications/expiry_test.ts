/** What expires, from that moment on. */
import { assertEquals } from "@std/assert";
import { HOUR } from "../../../lib/clock.ts";
import {
  archiveNotification,
  getNotification,
  type InboxState,
  sendNotification,
} from "../../../lib/notifications/mod.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import { counts, vote, world } from "./inbox_support.ts";

Deno.test("what has expired counts no more from that moment on, before any job has run", async () => {
  const { deps: opened, ada } = await world();
  await using deps = opened;
  await deps.queue.stop();
  const soon = deps.now() + HOUR;
  const ids: string[] = [];
  for (const [n, deadline] of [[1, soon], [2, soon], [3, soon + HOUR]]) {
    const { notification } = await sendNotification(deps, {
      userId: "ada",
      ...vote(n!, deadline!),
    });
    ids.push(notification!.id);
  }
  assertEquals(await counts(deps), [3, 3]);
  deps.clock.advance(HOUR - 1);
  assertEquals(await counts(deps), [3, 3]);
  deps.clock.advance(1);
  assertEquals(await counts(deps), [1, 1]);
  const expired = await getNotification(deps, ada, ids[0]!);
  assertEquals([expired!.expired, expired!.archived, expired!.actions], [
    true,
    true,
    [],
  ]);
  const told = (await deps.events(userChannel("ada"))).map((e) => e.json) as (
    & InboxState
    & { reason?: string }
  )[];
  assertEquals(told.slice(3).map((t) => [t.reason, t.unread]), [
    ["expired", 2],
    ["expired", 1],
  ]);
  // It may be looked at again; it does not expire a second time.
  await archiveNotification(deps, "ada", ids[0]!, false);
  assertEquals(await counts(deps), [2, 2]);
  deps.clock.advance(HOUR);
  assertEquals(await counts(deps), [1, 1]);
});

Deno.test("what comes late is expired from the start", async () => {
  const { deps: opened } = await world();
  await using deps = opened;
  const sent = await sendNotification(deps, {
    userId: "ada",
    ...vote(1, deps.now()),
  });
  assertEquals([sent.unread, sent.notification!.expired], [0, true]);
});
