/** An announcement whose workers are killed half-way, twice: real processes on one store, nobody missed or told twice. */
import { assert, assertEquals } from "@std/assert";
import { createPolicy } from "../../lib/auth/policy.ts";
import { apply, keys, openStore, set } from "../../lib/kv/mod.ts";
import {
  announce,
  type Inbox,
  listAnnouncements,
  type Notification,
} from "../../lib/notifications/mod.ts";
import { createQueue } from "../../lib/queue/mod.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";
import { newUser } from "../../lib/users/mod.ts";
import { monotonicFactory } from "ulid";
import { ROOT } from "../support/app.ts";
import { Child } from "../support/child.ts";
import { waitFor } from "../support/wait.ts";

const PEOPLE = 1_700;

/** People, one of them with an inbox of his own, and the announcement with its first job. */
async function prepare(path: string): Promise<void> {
  const store = await openStore(path);
  const { kv } = store;
  const now = Date.now;
  const newId = monotonicFactory();
  for (let from = 0; from < PEOPLE; from += 500) {
    const size = Math.min(500, PEOPLE - from);
    await apply(kv.atomic(), {
      mutations: Array.from({ length: size }, (_, i) => {
        const id = `u${String(from + i).padStart(5, "0")}`;
        const user = newUser({
          id,
          handle: id,
          name: id,
          email: `${id}@example.org`,
          createdAt: 0,
        });
        return set(keys.user(id), user);
      }),
    }).commit();
  }
  const log = new KvEventLog({ store, now, retention: 120_000 });
  await log.open();
  const queue = createQueue({ kv, now, newId, native: false });
  await announce(
    { now, newId, log, queue, policy: createPolicy({ kv }) },
    { id: "root", role: "admin" },
    { title: "Maintenance", body: "On Sunday" },
  );
  await queue.stop();
  await log.close();
  store.close();
}

const worker = (path: string) =>
  new Child({
    args: ["run", "-A", "--no-check", "tests/support/announce_worker.ts", path],
    cwd: ROOT,
  });

Deno.test("an announcement under kill -9: everybody is told once", async () => {
  const dir = await Deno.makeTempDir();
  const path = `${dir}/kill.db`;
  try {
    await prepare(path);
    for (const after of [60, 700]) {
      await using doomed = worker(path);
      await waitFor(() => {
        assert(!doomed.output.includes("finished"), "It was too fast to kill");
        return Number(doomed.output.match(/told (\d+)\s*$/)?.[1]) >= after;
      }, {
        what: () => `${after} people to be told, it printed ${doomed.output}`,
        interval: 1,
        timeout: 60_000,
      });
      await doomed.stop("SIGKILL");
    }
    // Two heirs at once: a page that both take is told once all the same.
    await using heir = worker(path);
    await using other = worker(path);
    await heir.printed(/finished/, 60_000);
    await other.printed(/finished/, 60_000);

    using kv = await Deno.openKv(path);
    const [announcement] = await listAnnouncements({ kv });
    assertEquals(announcement!.told, PEOPLE);
    const told = new Map<string, number>();
    for await (
      const { value } of kv.list<Notification>({ prefix: ["notifications"] })
    ) told.set(value.userId, (told.get(value.userId) ?? 0) + 1);
    assertEquals(told.size, PEOPLE, "nobody is missed");
    assert([...told.values()].every((n) => n === 1), "nobody is told twice");
    for await (const { value } of kv.list<Inbox>({ prefix: ["inboxes"] })) {
      assertEquals([value.unread, value.unseen, value.revision], [1, 1, 1]);
    }
    const left = await Array.fromAsync(kv.list({ prefix: keys.jobs() }));
    assertEquals(left.length, 0, "no job is left over");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
