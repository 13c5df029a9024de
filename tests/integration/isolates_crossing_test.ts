/** What happens in one isolate or process is seen in the others: events in one order, presence, typing, the bell. */
import { assertEquals } from "@std/assert";
import { signedTarget } from "../bench/load/sign.ts";
import { AppProcess, CREDENTIALS, type SignedIn } from "../support/app.ts";
import { KvStoreProcess } from "../support/kv_store_process.ts";
import {
  authorizedBy,
  type PusherChannel,
  pusherClient,
  pusherServer,
  subscribed,
} from "../support/pusher_sdk.ts";
import { openSocket } from "../support/socket.ts";
import { waitFor } from "../support/wait.ts";

/** Where to go: two entrances to one site. */
type Entrances = readonly [AppProcess, AppProcess];

const TOPOLOGIES: Record<
  string,
  (run: (entrances: Entrances) => Promise<void>) => Promise<void>
> = {
  async "two isolates of deno serve --parallel"(run) {
    const directory = await Deno.makeTempDir();
    try {
      const kvPath = `${directory}/kv.db`;
      await using app = await AppProcess.start({ kvPath, isolates: 2 });
      await run([app, app]);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
  async "two processes on KV Connect"(run) {
    const directory = await Deno.makeTempDir();
    try {
      await using store = await KvStoreProcess.start(`${directory}/kv.db`);
      await using one = await AppProcess.start({ kvPath: store.url });
      await using two = await AppProcess.start({ kvPath: store.url });
      await run([one, two]);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
};

/** A bare socket on some channels; `frames` are what it got beyond the protocol's own. */
async function listen(
  app: AppProcess,
  channels: string[],
  user?: SignedIn,
): Promise<{ frames: { event: string; data: unknown }[]; close(): void }> {
  const frames: { event: string; data: unknown }[] = [];
  let subscriptions = 0;
  const socket = openSocket(
    `${app.origin}/app/${CREDENTIALS.key}?protocol=7&client=js&version=8.6.0`,
    { origin: app.origin, ...(user && { cookie: user.cookie }) },
  );
  socket.onmessage = (message) => {
    const { event, data } = JSON.parse(message.data);
    if (event === "pusher:connection_established") {
      for (const channel of channels) {
        socket.send(JSON.stringify({
          event: "pusher:subscribe",
          data: { channel },
        }));
      }
    } else if (event === "pusher_internal:subscription_succeeded") {
      subscriptions++;
    } else if (!event.startsWith("pusher")) {
      frames.push({ event, data: JSON.parse(data) });
    }
  };
  await waitFor(() => subscriptions === channels.length, {
    what: `subscriptions to ${channels}`,
  });
  return { frames, close: () => socket.close() };
}

const CHECKS: Record<string, (entrances: Entrances) => Promise<void>> = {
  async "events of publishers everywhere reach subscribers everywhere in one order"(
    entrances,
  ) {
    const listeners = await Promise.all(
      Array.from({ length: 8 }, (_, n) => listen(entrances[n % 2]!, ["order"])),
    );
    const path = `/apps/${CREDENTIALS.id}/events`;
    const publish = async (publisher: number, n: number) => {
      const data = JSON.stringify({ publisher, n });
      const body = JSON.stringify({ name: "tick", channel: "order", data });
      const target = signedTarget("POST", path, body);
      const { origin } = entrances[publisher % 2]!;
      const response = await fetch(origin + target, { method: "POST", body });
      assertEquals(response.status, 200);
      await response.body?.cancel();
    };
    await Promise.all(Array.from({ length: 8 }, async (_, publisher) => {
      for (let n = 0; n < 50; n++) await publish(publisher, n);
    }));
    await waitFor(
      () => listeners.every(({ frames }) => frames.length >= 400),
      {
        what: () =>
          `400 events each, there are ${
            listeners.map(({ frames }) => frames.length)
          }`,
      },
    );
    for (const { frames } of listeners) {
      assertEquals(frames, listeners[0]!.frames);
    }
    // Each publisher waited for its answers, so its own events keep their order.
    for (let publisher = 0; publisher < 8; publisher++) {
      const own = listeners[0]!.frames
        .map(({ data }) => data as { publisher: number; n: number })
        .filter((data) => data.publisher === publisher)
        .map(({ n }) => n);
      assertEquals(own, Array.from({ length: 50 }, (_, n) => n));
    }
    for (const listener of listeners) listener.close();
  },

  async "members of a presence channel see each other, come and go"(
    [one, two],
  ) {
    const server = pusherServer(one);
    type Presence = PusherChannel & { members: { count: number } };
    const enter = async (app: AppProcess, user_id: string) => {
      const client = pusherClient(app, authorizedBy(server, { user_id }));
      const channel = await subscribed(client, "presence-crossing");
      return { client, channel: channel as Presence };
    };
    const guests: Awaited<ReturnType<typeof enter>>[] = [];
    for (const n of [0, 1, 2, 3]) {
      guests.push(await enter(n % 2 ? two : one, `guest-${n}`));
    }
    const counts = () => guests.map(({ channel }) => channel.members.count);
    await waitFor(() => counts().join() === "4,4,4,4", {
      what: () => `four members everywhere, there are ${counts()}`,
    });
    guests.pop()!.client.disconnect();
    await waitFor(() => counts().join() === "3,3,3", {
      what: () => `three members everywhere, there are ${counts()}`,
    });
    for (const { client } of guests) client.disconnect();
  },

  async "typing and notifications cross"([one, two]) {
    const owner = await one.signIn("demo-owner");
    const member = await two.signIn("demo-member");
    const me = await (await owner.fetch("/api/me")).json();
    const inbox = `private-user-${me.user?.id ?? me.id}`;
    const listeners = await Promise.all(
      Array.from(
        { length: 4 },
        () => listen(one, ["guild-demo-guild", inbox], owner),
      ),
    );
    const heard = (event: string) =>
      listeners.every(({ frames }) =>
        frames.filter((frame) => frame.event === event).length === 1
      );
    const typing = await member.fetch(
      "/api/channels/guild-demo-guild/typing",
      { method: "POST", json: {}, origin: two.origin },
    );
    assertEquals(Math.floor(typing.status / 100), 2);
    await typing.body?.cancel();
    await waitFor(() => heard("message:typing"), { what: "the typing" });

    const outsider = await two.signIn("demo-outsider");
    const join = await outsider.fetch("/api/guilds/demo-guild/members", {
      method: "POST",
      json: {},
      origin: two.origin,
    });
    assertEquals(join.status, 201);
    await join.body?.cancel();
    await waitFor(
      () => heard("guild:member-join") && heard("notification:new"),
      { what: "the arrival and the notification, once on each socket" },
    );
    for (const listener of listeners) listener.close();
  },
};

for (const [topology, withEntrances] of Object.entries(TOPOLOGIES)) {
  for (const [name, check] of Object.entries(CHECKS)) {
    Deno.test({
      name: `${topology}: ${name}`,
      // pusher-js keeps its timers and lets go of its socket a moment after `disconnect`; so do sockets here.
      sanitizeOps: false,
      sanitizeResources: false,
      fn: () => withEntrances(check),
    });
  }
}
