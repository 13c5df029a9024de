/**
 * Notifications: an inbox of a million against one of ten, and an announcement to 10,000 people on the real server.
 * Run: deno run -A --no-check tests/bench/notifications_bench.ts [inbox size] [recipients]
 */
import { monotonicFactory, ulid } from "ulid";
import {
  apply,
  keys,
  type Mutation,
  openStore,
  set,
} from "../../lib/kv/mod.ts";
import {
  EMPTY_INBOX,
  getNotifications,
  getUnreadCount,
  markAllNotificationsRead,
  markAllNotificationsSeen,
  type Notification,
  notificationRows,
  sendNotification,
} from "../../lib/notifications/mod.ts";
import { createQueue } from "../../lib/queue/mod.ts";
import { signChannel } from "../../lib/realtime/auth.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";
import { newUser } from "../../lib/users/mod.ts";
import { AppProcess, CREDENTIALS } from "../support/app.ts";
import { pinSelf, quantile, residentBytes, Samples } from "./load/measure.ts";
import { LoadSocket } from "./load/websocket.ts";

const LARGE = Number(Deno.args[0] ?? 1_000_000);
const PEOPLE = Number(Deno.args[1] ?? 10_000);

const person = (id: string) =>
  newUser({
    id,
    handle: id.toLowerCase(),
    name: id,
    email: `${id}@example.org`,
    createdAt: 0,
  });

async function inboxes(): Promise<void> {
  const dir = await Deno.makeTempDir();
  const store = await openStore(`${dir}/kv.db`);
  const { kv } = store;
  const now = Date.now;
  const log = new KvEventLog({ store, now, retention: 120_000 });
  await log.open();
  const queue = createQueue({
    kv,
    now,
    newId: monotonicFactory(),
    native: false,
  });
  const deps = { kv, now, newId: monotonicFactory(), log, queue };
  const table = [];
  for (const size of [10, LARGE]) {
    const owner = person(`U${size}`);
    await fill(kv, owner.id, size);
    await kv.set(keys.user(owner.id), owner);
    const open = async () => {
      await getUnreadCount(deps, owner.id);
      await getNotifications(deps, owner, { limit: 30 });
    };
    const middle = ulid(Date.now() - size * 500);
    const bell = await timed(200, open);
    const unread = await timed(
      100,
      () => getNotifications(deps, owner, { filter: "unread", limit: 30 }),
    );
    const deep = await timed(
      100,
      () => getNotifications(deps, owner, { cursor: middle, limit: 30 }),
    );
    const send = await timed(50, () =>
      sendNotification(deps, {
        userId: owner.id,
        type: "guild_promoted",
        data: { guildId: "g", guildName: "Lantern", role: "officer" },
      }));
    const seen = await timed(1, () => markAllNotificationsSeen(deps, owner.id));
    const read = await timed(1, () => markAllNotificationsRead(deps, owner.id));
    const left = await getUnreadCount(deps, owner.id);
    table.push({
      inbox: size,
      "bell p50 ms": bell.p50,
      "bell p99 ms": bell.p99,
      "unread p50": unread.p50,
      "a page half-way p50": deep.p50,
      "one more p50": send.p50,
      "all seen": seen.p50,
      "all read": read.p50,
      "left unread": left.unread,
    });
  }
  console.table(table);
  await log.close();
  store.close();
  await Deno.remove(dir, { recursive: true });
}

/** Notifications in one commit, which takes 1,000 rows. */
const AT_ONCE = 200;

async function fill(kv: Deno.Kv, userId: string, size: number) {
  const inbox = { ...EMPTY_INBOX, revision: size, unread: size, unseen: size };
  const newId = monotonicFactory();
  const from = Date.now() - size * 1_000;
  for (let done = 0; done < size; done += AT_ONCE) {
    const mutations: Mutation[] = [];
    for (let i = done; i < Math.min(size, done + AT_ONCE); i++) {
      const createdAt = from + i * 1_000;
      const notification: Notification = {
        id: newId(createdAt),
        userId,
        type: "bounty_accepted",
        data: {
          bountyId: "b",
          bountyTitle: "Icon set for a bakery",
          guildId: "g",
          guildName: "Lantern Works",
        },
        createdAt,
        unreadIn: 0,
        unseenIn: 0,
        archivedAt: null,
      };
      mutations.push(...notificationRows(notification, inbox));
    }
    await apply(kv.atomic(), { mutations }).commit();
  }
  await kv.set(keys.inbox(userId), inbox);
}

async function timed(times: number, run: () => Promise<unknown>) {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await run();
    taken.push(performance.now() - started);
  }
  const at = (q: number) => +quantile(taken, q).toFixed(2);
  return { p50: at(0.5), p99: at(0.99) };
}

/** Sockets for open pages; each of the first hears a hundred inboxes, so that all of them are heard. */
const CHANNELS_EACH = 100;
const PAGES = 1_000;

async function announcement(): Promise<void> {
  const dir = await Deno.makeTempDir();
  const kvPath = `${dir}/kv.db`;
  const ids = Array.from(
    { length: PEOPLE },
    (_, i) => `P${String(i).padStart(6, "0")}`,
  );
  {
    const { kv, close } = await openStore(kvPath);
    for (let from = 0; from < PEOPLE; from += 500) {
      await apply(kv.atomic(), {
        mutations: ids.slice(from, from + 500).map((id) =>
          set(keys.user(id), person(id))
        ),
      }).commit();
    }
    close();
  }
  await using app = await AppProcess.start({ kvPath, core: 0 });
  await pinSelf(1);
  const inboxAt = new Samples();
  const pageAt = new Samples();
  const told = new Map<string, number>();
  let sentAt = Infinity;
  const sockets: LoadSocket[] = [];
  const decoder = new TextDecoder();
  const subscribe = async (
    channels: string[],
    heard: (frame: string) => void,
  ) => {
    let waiting = channels.length;
    const { promise, resolve } = Promise.withResolvers<void>();
    sockets.push(
      await LoadSocket.open(
        app.port,
        `/app/${CREDENTIALS.key}?protocol=7`,
        {
          onText(bytes, _at, socket) {
            const frame = decoder.decode(bytes);
            if (frame.includes("connection_established")) {
              const { socket_id } = JSON.parse(JSON.parse(frame).data);
              for (const channel of channels) {
                const auth = channel.startsWith("private-")
                  ? signChannel(CREDENTIALS, socket_id, channel)
                  : undefined;
                void socket.send(JSON.stringify({
                  event: "pusher:subscribe",
                  data: { channel, auth },
                }));
              }
            } else if (frame.includes("subscription_succeeded")) {
              if (--waiting === 0) resolve();
            } else if (frame.includes("notification:new")) heard(frame);
          },
        },
        { bufferSize: 16_384 },
      ),
    );
    await promise;
  };
  for (let from = 0; from < PEOPLE; from += CHANNELS_EACH) {
    const channels = ids.slice(from, from + CHANNELS_EACH).map((id) =>
      `private-user-${id}`
    );
    await subscribe(channels, (frame) => {
      const { channel } = JSON.parse(frame);
      inboxAt.add(performance.now() - sentAt);
      told.set(channel, (told.get(channel) ?? 0) + 1);
    });
  }
  for (let i = 0; i < PAGES; i++) {
    await subscribe(["platform-global"], () => {
      pageAt.add(performance.now() - sentAt);
    });
  }
  const admin = await app.signIn("demo-admin");
  const before = residentBytes(app.pid);
  let most = before;
  const watch = setInterval(
    () => most = Math.max(most, residentBytes(app.pid)),
    50,
  );
  sentAt = performance.now();
  const answer = await admin.fetch("/api/admin/announcements", {
    method: "POST",
    json: { title: "Maintenance on Sunday", body: "Back at noon." },
  });
  await answer.body?.cancel();
  const accepted = performance.now() - sentAt;
  for (;;) {
    const list = await admin.fetch("/api/admin/announcements");
    const { announcements: [latest] } = await list.json();
    if (latest.finishedAt !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const total = performance.now() - sentAt;
  while (inboxAt.length < PEOPLE && performance.now() - sentAt < 60_000) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  clearInterval(watch);
  const ms = (value: number) => Math.round(value);
  console.table([{
    recipients: PEOPLE,
    "accepted ms": ms(accepted),
    [`${PAGES} open pages p50`]: ms(pageAt.quantile(0.5)),
    [`${PAGES} open pages p99`]: ms(pageAt.quantile(0.99)),
    "inbox p50": ms(inboxAt.quantile(0.5)),
    "inbox p99": ms(inboxAt.quantile(0.99)),
    "all told ms": ms(total),
    "people/s": ms(PEOPLE / total * 1_000),
    missed: PEOPLE - told.size,
    twice: [...told.values()].filter((n) => n > 1).length,
    "RSS before MB": ms(before / 1e6),
    "RSS most MB": ms(most / 1e6),
  }]);
  for (const socket of sockets) socket.close();
  await app.terminate();
  await Deno.remove(dir, { recursive: true });
}

await inboxes();
await announcement();
Deno.exit(0);
