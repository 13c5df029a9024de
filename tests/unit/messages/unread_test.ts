/** Unread counts and first unread messages, exact whatever happens at once. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  editMessage,
  firstUnread,
  getReadState,
  listRail,
  markAllRead,
  markRead,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import { parseChannel } from "../../../lib/realtime/mod.ts";
import { randomFrom } from "../../support/ledger/faults.ts";
import { openDeps } from "../../support/open_deps.ts";
import { dm, guildOf } from "./rooms.ts";

const room = parseChannel(dm)!;
const at = fc.nat({ max: 40 });

type Step =
  | { do: "send" | "reply" | "name"; who: number; device: number }
  | { do: "edit" | "delete"; at: number; device: number }
  | { do: "read" | "unread" | "all"; who: number; at: number; device: number };

const who = fc.nat({ max: 2 });

const device = fc.nat({ max: 1 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("send" as const), who, device }),
  },
  fc.record({
    do: fc.constantFrom("reply" as const, "name" as const),
    who,
    device,
  }),
  fc.record({
    do: fc.constantFrom("edit" as const, "delete" as const),
    at,
    device,
  }),
  fc.record({
    do: fc.constantFrom("read" as const, "unread" as const, "all" as const),
    who,
    at,
    device,
  }),
);

/** What was said, in the order of the room's log. */
interface Said {
  id: string;
  by: number;
  reply: boolean;
  names: Set<number>;
  deleted: boolean;
}

Deno.test("unread and mention counts equal a model, whatever people do on two devices", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      async (steps) => {
        await using deps = await openDeps();
        await using other = await deps.fork();
        const people = await Promise.all(
          ["ada", "bob", "cleo"].map((handle) => deps.addUser(handle)),
        );
        const { channel } = await guildOf(deps, people[0]!, ...people.slice(1));
        const guild = parseChannel(channel)!;
        const said: Said[] = [];
        /** How many of `said` are read. */
        const marks = [0, 0, 0];
        for (const one of steps) {
          const d = [deps, other][one.device]!;
          const pick = (n: number) => said.length ? n % said.length : -1;
          if (one.do === "send" || one.do === "name") {
            const named = (one.who + 1) % 3;
            const names = one.do === "name";
            const { message } = await sendMessage(d, {
              channel,
              author: people[one.who]!,
              content: names ? `Look @${people[named]!.handle}` : "Hello",
            });
            said.push({
              id: message.id,
              by: one.who,
              reply: false,
              names: new Set(names ? [named] : []),
              deleted: false,
            });
          } else if (one.do === "reply") {
            const parent = said.find((s) => !s.reply && !s.deleted);
            if (!parent) continue;
            const { message } = await sendMessage(d, {
              channel,
              author: people[one.who]!,
              content: "Indeed, @ada",
              parentId: parent.id,
            });
            said.push({
              id: message.id,
              by: one.who,
              reply: true,
              names: new Set(one.who === 0 ? [] : [0]),
              deleted: false,
            });
          } else if (one.do === "edit" || one.do === "delete") {
            const target = said[pick(one.at)];
            if (!target || target.deleted) continue;
            const author = people[target.by]!;
            if (one.do === "delete") {
              await removeMessage(d, { channel, id: target.id, by: author });
              target.deleted = true;
              target.names.clear();
            } else {
              await editMessage(d, {
                channel,
                id: target.id,
                author,
                content: `Rather @cleo ${said.length}`,
              });
              target.names = new Set(target.by === 2 ? [] : [2]);
            }
          } else if (one.do === "all") {
            await markRead(d, guild, people[one.who]!, { kind: "all" });
            marks[one.who] = said.length;
          } else if (one.do === "read" || one.do === "unread") {
            const { do: what, who } = one;
            const n = pick(one.at);
            if (n < 0) continue;
            const messageId = said[n]!.id;
            const kind = what === "read" ? "upTo" : "unreadFrom";
            await markRead(d, guild, people[who]!, { kind, messageId });
            marks[who] = kind === "upTo" ? Math.max(marks[who]!, n + 1) : n;
          }
        }
        for (const [n, reader] of people.entries()) {
          const after = said.slice(marks[n]!);
          const expected = {
            unread: after.filter((s) => !s.reply && s.by !== n).length,
            mentions: after.filter((s) => s.names.has(n)).length,
          };
          const { unread, mentions } = await getReadState(other, guild, reader);
          assertEquals({ unread, mentions }, expected);
          const rail = await listRail(deps, reader);
          assertEquals(rail.map((r) => [r.channel, r.unread]), [[
            channel,
            unread,
          ]]);
          const first = after.find((s) => !s.reply && s.by !== n);
          assertEquals(
            (await firstUnread(deps, guild, reader.id))?.id,
            first?.id,
          );
        }
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("marks and messages at once from two isolates end with exact counts", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const ids: string[] = [];
  await Promise.all(Array.from({ length: 60 }, async (_, n) => {
    const d = n % 2 ? deps : other;
    const author = n % 3 ? ada : bob;
    const { message } = await sendMessage(d, {
      channel: dm,
      author,
      content: `${n}`,
    });
    ids.push(message.id);
    if (n % 5 === 0) {
      await markRead(d, room, bob, { kind: "upTo", messageId: message.id });
    }
    if (n % 7 === 0) await markRead(d, room, ada, { kind: "all" });
  }));
  for (const reader of [ada, bob]) {
    const state = await getReadState(deps, room, reader);
    const events = (await deps.events(dm)).filter((e) =>
      e.event === "message:new"
    );
    const after = state.position === null
      ? 0
      : events.findLastIndex(({ position: p }) =>
        `${p.epoch}.${p.seq}.${p.index}` === state.position
      ) + 1;
    const last = state.position === state.upTo ? events.length : after;
    const unread = events.slice(last).filter((e) =>
      (e.json as { authorId: string }).authorId !== reader.id
    ).length;
    assertEquals(state.unread, unread);
  }
  await markAllRead(deps, ada);
  assertEquals((await getReadState(other, room, ada)).unread, 0);
});

Deno.test("of a thousand marks in a room each has its first unread message and its count", async () => {
  await using deps = await openDeps();
  const people = await Promise.all(
    ["ada", "bob", "cleo"].map((handle) => deps.addUser(handle)),
  );
  const { channel } = await guildOf(deps, people[0]!, ...people.slice(1));
  const guild = parseChannel(channel)!;
  const random = randomFrom(11);
  const pick = <T>(all: T[]) => all[Math.floor(random() * all.length)]!;
  const said: { id: string; by: string; reply: boolean }[] = [];
  for (let n = 0; n < 300; n++) {
    const author = pick(people);
    const parents = said.filter((one) => !one.reply);
    const parentId = n > 0 && random() < 0.2 ? pick(parents).id : undefined;
    const { message } = await sendMessage(deps, {
      channel,
      author,
      content: `${n}`,
      parentId,
    });
    said.push({ id: message.id, by: author.id, reply: parentId !== undefined });
  }
  for (let n = 0; n < 1_000; n++) {
    const reader = pick(people);
    const at = Math.floor(random() * said.length);
    const messageId = said[at]!.id;
    // Back first: a mark does not move backwards but by `unreadFrom`.
    const from = { kind: "unreadFrom" as const, messageId };
    let state = await markRead(deps, guild, reader, from);
    let after = said.slice(at);
    if (n % 3 === 0) {
      // What a device tells late, which had seen the end, does not undo it.
      const { revision } = state;
      const late = { kind: "upTo" as const, messageId: said.at(-1)!.id };
      const knew = revision - 1;
      assertEquals(
        await markRead(deps, guild, reader, { ...late, knew }),
        state,
      );
    }
    if (n % 2) {
      const upTo = { kind: "upTo" as const, messageId };
      state = await markRead(deps, guild, reader, upTo);
      after = said.slice(at + 1);
    }
    const unread = after.filter((one) => !one.reply && one.by !== reader.id);
    assertEquals(state.unread, unread.length);
    const first = await firstUnread(deps, guild, reader.id);
    assertEquals(first?.id, unread[0]?.id);
  }
});
