/**
 * Reading and writing in a room of 100,000 messages, on one isolate and a SQLite file: open it, jump into its middle,
 * the page before, the rail, a search, sends at once. Run: deno task bench chat. `--messages 20000` for a smaller one.
 */
import { monotonicFactory } from "ulid";
import { createPolicy } from "../../lib/auth/policy.ts";
import { createGuild } from "../../lib/guilds/mod.ts";
import { openStore } from "../../lib/kv/mod.ts";
import {
  getReadState,
  listMessages,
  listRail,
  markRead,
  registerMessageJobs,
  searchMessages,
  sendMessage,
} from "../../lib/messages/mod.ts";
import { indexRoom } from "../../lib/messages/search/index_room.ts";
import { createQueue } from "../../lib/queue/mod.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";
import { guildChannel, parseChannel } from "../../lib/realtime/mod.ts";
import { newUser, newUserRows } from "../../lib/users/mod.ts";
import { commit } from "../../lib/kv/mod.ts";

const at = Deno.args.indexOf("--messages");
const MESSAGES = at < 0 ? 100_000 : Number(Deno.args[at + 1]);
const directory = await Deno.makeTempDir();
const store = await openStore(`${directory}/chat.db`);
const { kv } = store;
const now = Date.now;
const newId = monotonicFactory();
const log = new KvEventLog({ store, now, retention: 120_000 });
await log.open();
const queue = createQueue({ kv, now, newId });
const deps = { kv, now, newId, log, queue, policy: createPolicy({ kv, now }) };
registerMessageJobs(queue, deps);

const author = newUser({
  id: "ada",
  handle: "ada",
  name: "Ada",
  email: "ada@example.com",
  createdAt: now() - 1,
});
await commit(kv, newUserRows(author));
const given = { name: "Lantern", description: "", open: true, skills: [] };
const guild = await createGuild(deps, author, given);
const channel = guildChannel(guild.id);
const room = parseChannel(channel)!;

const WORDS =
  "the lamp of oil burns low while we wait for glass and wick from the harbour tomorrow"
    .split(" ");
const said = (n: number) =>
  Array.from({ length: 12 }, (_, i) => WORDS[(n * 7 + i * i) % WORDS.length])
    .join(" ") + ` number${n}`;

const ids: string[] = [];
const began = performance.now();
while (ids.length < MESSAGES) {
  const some = await Promise.all(
    Array.from(
      { length: 500 },
      (_, i) =>
        sendMessage(deps, { channel, author, content: said(ids.length + i) }),
    ),
  );
  ids.push(...some.map(({ message }) => message.id));
}
const filling = performance.now() - began;
const indexing = performance.now();
await indexRoom(kv, channel);
const indexed = performance.now() - indexing;

async function measure(n: number, run: (i: number) => Promise<unknown>) {
  const samples: number[] = [];
  for (let i = 0; i < n; i++) {
    const start = performance.now();
    await run(i);
    samples.push(performance.now() - start);
  }
  samples.sort((a, b) => a - b);
  const of = (p: number) => +samples[Math.floor(n * p)]!.toFixed(2);
  return { "p50 ms": of(0.5), "p99 ms": of(0.99) };
}

const any = () => ids[Math.floor(Math.random() * ids.length)]!;
const rows: Record<string, { "p50 ms": number; "p99 ms": number }> = {
  "open the room": await measure(300, () => listMessages(deps, { channel })),
  "jump to a message": await measure(
    300,
    () => listMessages(deps, { channel, around: any() }),
  ),
  "page before it": await measure(300, async () => {
    const { before } = await listMessages(deps, { channel, around: any() });
    if (before) await listMessages(deps, { channel, before });
  }),
  "unread counts": await measure(
    300,
    () => getReadState(deps, room, author),
  ),
  "mark read, far back and forth": await measure(
    100,
    (i) =>
      markRead(deps, room, author, {
        kind: i % 2 ? "upTo" : "unreadFrom",
        messageId: any(),
      }),
  ),
  "the rail": await measure(100, () => listRail(deps, author)),
  "search: a rare word": await measure(
    100,
    (i) => searchMessages(deps, author, { q: `number${i * 91}` }),
  ),
  "search: two common words": await measure(
    100,
    () => searchMessages(deps, author, { q: "lamp harbour" }),
  ),
  "send": await measure(
    300,
    (i) => sendMessage(deps, { channel, author, content: said(i) }),
  ),
};
console.table(rows);
console.log(
  `${MESSAGES} messages sent at ${
    Math.round(MESSAGES / filling * 1_000)
  }/s (500 at once, one room), indexed at ${
    Math.round(MESSAGES / indexed * 1_000)
  }/s`,
);
await log.close();
await queue.stop();
store.close();
await Deno.remove(directory, { recursive: true });
Deno.exit(0);
