import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Chat } from "../../../lib/realtime/client/chat.ts";
import { Client } from "../../../lib/realtime/client/client.ts";
import type { Message } from "../../../lib/realtime/client/messages.ts";
import {
  FakeEnvironment,
  type FakeRequest,
  settled,
} from "./fake_environment.ts";
import { ModelServer } from "./model_server.ts";

const me = { id: "ada", handle: "ada", name: "Ada" };

/** A room as the server keeps it: rows and events are one commit, a client id is one message. */
class Room {
  readonly env = new FakeEnvironment();
  readonly server = new ModelServer(this.env);
  readonly chat: Chat;
  rows: Message[] = [];
  /** What the client asked and the server has not answered. */
  readonly asked: FakeRequest[] = [];
  reloads = 0;
  readonly #answers: (() => void)[] = [];
  #ids = 0;

  constructor(retention: number) {
    this.server.retention = retention;
    this.env.onRequest = (request) => this.asked.push(request);
    for (let n = 0; n < 3; n++) this.post("ben", `old ${n}`);
    const client = new Client(this.env, "ws://test/app/key");
    this.chat = new Chat({
      channel: this.server.channel,
      me,
      initial: {
        messages: this.rows.toReversed(),
        before: null,
        position: this.server.head,
      },
    });
    this.chat.start({ env: this.env, client, stores: new Map() });
  }

  post(authorId: string, content: string, clientId: string | null = null) {
    const known = this.rows.find((row) =>
      clientId && row.clientId === clientId
    );
    if (known) return known;
    const { channel } = this.server;
    const id = `m${this.#ids++}`;
    const row = { id, channel, authorId, content, sentAt: 1, clientId };
    this.rows.push(row);
    this.server.append("message:new", row);
    return row;
  }

  edit(n: number): void {
    // What the client has not sent yet, or somebody has deleted, is not deleted again.
    const row = this.rows[n % (this.rows.length || 1)];
    if (!row) return;
    const content = `${row.content}!`;
    this.rows = this.rows.map((one) => one === row ? { ...one, content } : one);
    this.server.append("message:edit", { id: row.id, content });
  }

  delete(n: number): void {
    // Others' only: an answer may be lost of one's own, and its retry then finds nothing to be the same as.
    const others = this.rows.filter(({ authorId }) => authorId !== me.id);
    const row = others[n % (others.length || 1)];
    if (!row) return;
    this.rows = this.rows.filter((one) => one !== row);
    this.server.append("message:delete", { id: row.id });
  }

  /** Lets the oldest answer arrive. */
  arrive(): void {
    this.#answers.shift()?.();
  }

  get answered(): boolean {
    return this.asked.length === 0 && this.#answers.length === 0;
  }

  /** The server takes the oldest request; its answer is on its way, or lost. */
  serve(fate: "answer" | "lose" | "lose the answer"): void {
    const request = this.asked.shift();
    if (!request) return;
    if (fate === "lose") return request.fail();
    const answer = this.#answer(request);
    if (fate === "lose the answer") request.fail();
    else this.#answers.push(answer);
  }

  #answer(request: FakeRequest): () => void {
    if (request.method === "GET") {
      this.reloads++;
      const messages = this.rows.toReversed();
      return () => request.answer(200, { messages, before: null });
    }
    const { content, clientId } = JSON.parse(request.body);
    const message = this.post(me.id, content, clientId);
    return () => request.answer(201, { message });
  }
}

type Step = (room: Room) => void;
const step = (name: string, run: Step) =>
  fc.constant(Object.assign(run, { toString: () => name }));
const numbered = (name: string, run: (room: Room, n: number) => void) =>
  fc.nat(9).map((n) =>
    Object.assign((room: Room) => run(room, n), {
      toString: () => `${name} ${n}`,
    })
  );

const steps = fc.array(
  fc.oneof(
    numbered("send", ({ chat }, n) => chat.send(`mine ${n}`)),
    numbered("another writes", (room, n) => room.post("ben", `his ${n}`)),
    numbered("edit", (room, n) => room.edit(n)),
    numbered("delete", (room, n) => room.delete(n)),
    step("answer", (room) => room.serve("answer")),
    step("arrive", (room) => room.arrive()),
    step("lose", (room) => room.serve("lose")),
    step("lose the answer", (room) => room.serve("lose the answer")),
    step("read", ({ server }) => server.read()),
    step("deliver", ({ server }) => server.deliver()),
    numbered("lose event", ({ server }, n) => server.lose(n)),
    step("cut", ({ server }) => server.disconnect(1006)),
    step("miss a lot and come back", (room) => {
      room.server.disconnect(1006);
      for (let n = 0; n < 3; n++) room.post("ben", `missed ${n}`);
      room.env.advance(1_000);
      for (let n = 0; n < 4; n++) {
        room.server.read();
        room.server.deliver();
      }
    }),
    step("write and deliver", (room) => {
      room.post("ben", "at once");
      for (let n = 0; n < 4; n++) room.server.deliver();
    }),
    step("second passes", ({ env }) => env.advance(1_000)),
  ),
  { maxLength: 60, size: "max" },
);

/** Until nothing has happened for longer than the client waits before it tries again. */
async function finish(room: Room): Promise<void> {
  for (let turn = 0, quiet = 0; turn < 600; turn++) {
    for (let n = 0; n < 20; n++) {
      room.server.read();
      room.server.deliver();
    }
    const asked = !room.answered;
    room.serve("answer");
    room.arrive();
    if (asked) await settled();
    const pending = room.chat.messages.value.some(({ state }) =>
      state !== "sent"
    );
    const still = !asked && !pending && room.server.quiet && room.answered;
    quiet = still ? quiet + 1 : 0;
    if (quiet > 30) return;
    room.env.advance(1_000);
    // A timer may have woken somebody who asks again.
    for (let n = 0; n < 10; n++) await Promise.resolve();
  }
  throw new Error("It never comes to rest");
}

for (
  const [name, retention] of [["all", Infinity], ["little", 1]] as const
) {
  Deno.test(`whatever happens, the chat ends as the server has it (the log keeps ${name})`, async () => {
    let reloads = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (acts) => {
        const room = new Room(retention);
        let sent = 0;
        for (const act of acts) {
          if (String(act).startsWith("send")) sent++;
          act(room);
          // Answers come through promises: what is done next must not always overtake them.
          if (/^(arrive|lose)/.test(String(act))) await settled();
          const ids = room.chat.messages.value.map(({ key }) => key);
          assertEquals(new Set(ids).size, ids.length, "a key stands twice");
        }
        await finish(room);
        // A lost event shows with the one after it.
        room.post("ben", "last");
        await finish(room);
        const line = ({ id, content }: Message) => `${id} ${content}`;
        assertEquals(
          room.chat.messages.value.map(line),
          room.rows.map(line),
        );
        const mine = room.rows.filter(({ authorId }) => authorId === me.id);
        assertEquals(mine.length, sent);
        reloads += room.reloads;
      }),
      { numRuns: 80 },
    );
    assertEquals(reloads > 0, retention === 1);
  });
}

Deno.test("the model loses and reloads: it would notice", async () => {
  const room = new Room(1);
  await finish(room);
  room.server.disconnect(1006);
  for (let n = 0; n < 5; n++) room.post("ben", `${n}`);
  await finish(room);
  assert(room.reloads > 0);
});
