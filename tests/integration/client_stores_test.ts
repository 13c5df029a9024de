/** Our browser client's stores against the real server: what islands show, without the browser. */
import { assert, assertEquals } from "@std/assert";
import { Chat } from "../../lib/realtime/client/chat.ts";
import { Client, socketUrl } from "../../lib/realtime/client/client.ts";
import type { Environment } from "../../lib/realtime/client/environment.ts";
import { withFallback } from "../../lib/realtime/client/fallback.ts";
import { Inbox } from "../../lib/realtime/client/inbox.ts";
import type { Members } from "../../lib/realtime/client/members.ts";
import type { Page } from "../../lib/realtime/client/page.ts";
import { Typing } from "../../lib/realtime/client/typing.ts";
import { AppProcess, CREDENTIALS, type SignedIn } from "../support/app.ts";
import { clientEnvironment } from "../support/ledger/environment.ts";
import { waitFor } from "../support/wait.ts";

const CHANNEL = "guild-demo-guild";

function withoutSockets(env: Environment): Environment {
  return {
    ...env,
    // Sooner than the dice would have it: three sockets have to fail first.
    random: () => 0,
    open(_url, handlers) {
      const cancel = env.after(1, () => handlers.onClose(1006, ""));
      return { send() {}, close: cancel };
    },
  };
}

/** A tab of somebody's. */
class Tab implements Disposable {
  readonly page: Page;
  readonly #user: SignedIn;
  readonly #ends: (() => void)[] = [];

  /** @param blocked the network between lets no WebSocket through */
  constructor(user: SignedIn, blocked = false) {
    this.#user = user;
    const direct = clientEnvironment(user, () => [user.origin]);
    const env = blocked ? withFallback(withoutSockets(direct)) : direct;
    const client = new Client(env, socketUrl(user.origin, CREDENTIALS.key));
    this.page = { env, client, stores: new Map() };
  }

  async get(path: string) {
    const response = await this.#user.fetch(path);
    assert(response.ok, `${path}: ${response.status}`);
    return await response.json();
  }

  async me() {
    const { user } = await this.get("/api/me");
    return user as { id: string; handle: string; name: string };
  }

  async chat(position?: string): Promise<Chat> {
    const snapshot = await this.get(`/api/channels/${CHANNEL}/messages`);
    const initial = position
      ? { messages: [], before: null, position }
      : snapshot;
    const chat = new Chat({ channel: CHANNEL, me: await this.me(), initial });
    this.#ends.push(chat.start(this.page));
    return chat;
  }

  async inbox(): Promise<Inbox> {
    const { id } = await this.me();
    const inbox = new Inbox(id, await this.get("/api/notifications"));
    this.#ends.push(inbox.start(this.page));
    await this.open(`private-user-${id}`);
    return inbox;
  }

  async typing(): Promise<Typing> {
    const typing = new Typing(CHANNEL, (await this.me()).id);
    this.#ends.push(typing.start(this.page));
    await this.open(CHANNEL);
    return typing;
  }

  /** Waits until events of the channel arrive. */
  async open(channel: string): Promise<void> {
    let open = false;
    const leave = this.page.client.subscribe(channel, {
      onState: (state) => open = state === "subscribed",
    });
    await waitFor(() => open, { what: `${channel} to be open` });
    this.#ends.push(leave);
  }

  [Symbol.dispose](): void {
    for (const end of this.#ends) end();
    this.page.client.stop();
  }
}

function contents(chat: Chat): string[] {
  return chat.messages.value
    .filter((item) => item.state === "sent")
    .map((item) => item.content);
}

Deno.test("the client's stores against the server", async (t) => {
  const directory = await Deno.makeTempDir();
  try {
    await using app = await AppProcess.start({ kvPath: `${directory}/kv.db` });
    const owner = await app.signIn("demo-owner");
    const member = await app.signIn("demo-member");

    await t.step(
      "two people chat; both see the same, in one order",
      async () => {
        using a = new Tab(owner);
        using b = new Tab(member);
        const [ours, theirs] = [await a.chat(), await b.chat()];
        const before = contents(ours).length;
        for (let n = 0; n < 20; n++) {
          ours.send(`owner ${n}`);
          theirs.send(`member ${n}`);
        }
        await waitFor(
          () =>
            [ours, theirs].every((one) => contents(one).length === before + 40),
          { what: "forty messages on both sides" },
        );
        assertEquals(contents(ours), contents(theirs));
        const mine = contents(ours).filter((text) => text.startsWith("owner "));
        assertEquals(mine, Array.from({ length: 20 }, (_, n) => `owner ${n}`));
      },
    );

    await t.step("older pages join without a hole or a repeat", async () => {
      using tab = new Tab(owner);
      const chat = await tab.chat();
      while (chat.hasOlder.value) await chat.paging.loadOlder();
      assertEquals(chat.paging.error.value, null);
      const all: string[] = [];
      for (let before = ""; before !== null;) {
        const page = await tab.get(
          `/api/channels/${CHANNEL}/messages?limit=100${
            before && `&before=${before}`
          }`,
        );
        all.push(...page.messages.map(({ id }: { id: string }) => id));
        before = page.before;
      }
      assert(all.length > 100, `only ${all.length} messages to page through`);
      assertEquals(chat.messages.value.map(({ id }) => id), all.reverse());
    });

    await t.step(
      "a position that is too old reloads the messages",
      async () => {
        using tab = new Tab(owner);
        const [stale, fresh] = [await tab.chat("1.1.0"), await tab.chat()];
        await waitFor(() => contents(stale).length > 0, { what: "a reload" });
        assertEquals(contents(stale), contents(fresh));
      },
    );

    await t.step("typing is seen by others, not by oneself", async () => {
      using a = new Tab(owner);
      using b = new Tab(member);
      const [ours, theirs] = [await a.typing(), await b.typing()];
      theirs.notify();
      await waitFor(() => ours.names.value.length > 0, { what: "typing" });
      assertEquals(ours.names.value, [(await b.me()).name]);
      assertEquals(theirs.names.value, []);
    });

    await t.step("who is there is known", async () => {
      using a = new Tab(owner);
      using b = new Tab(member);
      const presence = `presence-${CHANNEL}`;
      let members: Members = new Map();
      const leave = a.page.client.subscribe(presence, {
        onMembers: (now) => members = now,
      });
      await b.open(presence);
      const ids = [(await a.me()).id, (await b.me()).id];
      await waitFor(() => members.size === 2, { what: "two members" });
      assertEquals([...members.keys()].sort(), ids.sort());
      leave();
    });

    await t.step("an outsider is refused", async () => {
      using tab = new Tab(await app.signIn("demo-outsider"));
      let refused = 0;
      tab.page.client.subscribe(CHANNEL, {
        onState: (_, refusal) => refused = refusal?.status ?? 0,
      });
      await waitFor(() => refused > 0, { what: "the refusal" });
      assertEquals(refused, 403);
    });

    await t.step("two tabs agree on what is read", async () => {
      using a = new Tab(owner);
      using b = new Tab(owner);
      const [here, there] = [await a.inbox(), await b.inbox()];
      const told: string[] = [];
      there.onNew(({ type }) => told.push(type));
      const before = here.unread.value;
      const joining = await app.signIn("demo-outsider");
      const joined = await joining.fetch("/api/guilds/demo-guild/members", {
        method: "POST",
      });
      assertEquals(joined.status, 201);
      await joined.body?.cancel();
      await waitFor(
        () => [here, there].every((one) => one.unread.value === before + 1),
        { what: "the new member's notification in both tabs" },
      );
      assertEquals(told, ["guild_member_joined"]);
      const [newest] = here.list("all").items.value;
      assertEquals(await here.markRead(newest!.id), true);
      await waitFor(() => there.unread.value === before, { what: "read" });
      assertEquals(there.list("all").items.value[0]!.read, true);
      assertEquals(await there.delete(newest!.id), true);
      await waitFor(
        () => here.list("all").items.value[0]?.id !== newest!.id,
        { what: "deleted" },
      );
      assertEquals(await here.markAllRead(), true);
      await waitFor(() => there.unread.value === 0, { what: "all read" });
      assertEquals(here.unread.value, 0);
      const { count } = await a.get("/api/notifications/unread-count");
      assertEquals(count, 0);
    });

    await t.step(
      "where sockets are blocked it all works by streams",
      async () => {
        using a = new Tab(owner, true);
        using b = new Tab(member);
        const [ours, theirs] = [await a.chat(), await b.chat()];
        const inbox = await a.inbox();
        await a.open(CHANNEL);
        const before = contents(theirs).length;
        for (let n = 0; n < 10; n++) {
          ours.send(`by stream ${n}`);
          theirs.send(`by socket ${n}`);
        }
        await waitFor(
          () =>
            [ours, theirs].every((one) => contents(one).length === before + 20),
          { what: "twenty messages on both sides" },
        );
        assertEquals(contents(ours), contents(theirs));
        assertEquals(inbox.error.value, null);
        let refused = 0;
        a.page.client.subscribe("dm-nobody-somebody", {
          onState: (_, refusal) => refused = refusal?.status ?? 0,
        });
        await waitFor(() => refused > 0, { what: "the refusal" });
        assertEquals(refused, 403);
        theirs.send("and on");
        await waitFor(() => contents(ours).at(-1) === "and on", {
          what: "a message after the refusal",
        });
      },
    );

    await t.step(
      "a kill -9 while both write loses and doubles nothing",
      async () => {
        using a = new Tab(owner);
        using b = new Tab(member);
        const [ours, theirs] = [await a.chat(), await b.chat()];
        const before = contents(ours);
        for (let n = 0; n < 100; n++) {
          ours.send(`o${n}`);
          theirs.send(`m${n}`);
        }
        await waitFor(() => contents(ours).length > before.length + 40, {
          what: "the first of them",
        });
        assert(
          contents(ours).length < before.length + 200,
          "the kill comes after the last message",
        );
        await app.restart();
        const done = (chat: Chat) =>
          chat.messages.value.every((item) => item.state === "sent") &&
          contents(chat).length >= before.length + 200;
        await waitFor(() => done(ours) && done(theirs), {
          timeout: 60_000,
          what: () =>
            `200 messages, there are ${
              contents(ours).length - before.length
            } and ${contents(theirs).length - before.length}`,
        });
        assertEquals(contents(ours), contents(theirs));
        const texts = contents(ours).slice(before.length);
        for (const who of ["o", "m"]) {
          assertEquals(
            texts.filter((text) => text.startsWith(who)),
            Array.from({ length: 100 }, (_, n) => `${who}${n}`),
          );
        }
      },
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
