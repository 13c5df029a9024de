/** `docs/migrate-from-pusher.md`: its own lines, run as they stand, with the unmodified packages. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import pusherJs from "pusher-js";
import PusherServer from "pusher";
import { appOfFile, ROOT } from "../support/app.ts";
import {
  authorizedBy,
  connected,
  type PusherClient,
  recorded,
  subscribed,
} from "../support/pusher_sdk.ts";
import { waitFor } from "../support/wait.ts";

const page = await Deno.readTextFile(`${ROOT}docs/migrate-from-pusher.md`);

/** The one block of the page with this mark, with the port at which the app is served here. */
function snippet(mark: "browser" | "server", port: number): string {
  const blocks = [...page.matchAll(
    new RegExp(`^\`\`\`js ${mark}\n(.*?)^\`\`\`$`, "gms"),
  )];
  assertEquals(blocks.length, 1, `one block marked ${mark}`);
  const code = blocks[0]![1]!;
  // The port is the one thing that a test cannot have as it is written.
  assertEquals(code.match(/8000/g)?.length, 1);
  return code.replace("8000", String(port));
}

/** Runs a block that declares `pusher`, with `Pusher` as its import would give it. */
function run<T>(code: string, Pusher: unknown): T {
  return new Function("Pusher", `${code}\nreturn pusher;`)(Pusher) as T;
}

// The environment that a fresh clone has: the values on the page are the defaults.
const app = await appOfFile({ env: { DEMO: "0" } });

Deno.test({
  name: "the page's lines connect, subscribe, trigger and deliver",
  // pusher-js keeps its timers and lets go of its socket a moment after `disconnect`; node-fetch keeps connections.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const client = run<PusherClient>(snippet("browser", app.port), pusherJs);
    try {
      const server = run<PusherServer>(
        snippet("server", app.port),
        PusherServer,
      );
      assertMatch(await connected(client), /^\d+\.\d+$/);
      const got = recorded(await subscribed(client, "orders"));
      await server.trigger("orders", "paid", { id: 7 });
      await server.triggerBatch([
        { channel: "orders", name: "sent", data: { id: 7 } },
      ]);
      await waitFor(() => got.length === 2, { what: "both events" });
      assertEquals(got, [
        { event: "paid", data: { id: 7 } },
        { event: "sent", data: { id: 7 } },
      ]);
    } finally {
      client.disconnect();
    }
  },
});

Deno.test({
  name: "private and presence channels go on with the backend's own signature",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const server = run<PusherServer>(snippet("server", app.port), PusherServer);
    const code = snippet("browser", app.port);
    // What an application has besides the page's lines: where its backend signs.
    const Signing = class {
      constructor(key: string, options: Record<string, unknown>) {
        const Pusher = pusherJs as unknown as new (
          key: string,
          options: unknown,
        ) => PusherClient;
        return new Pusher(key, {
          ...options,
          ...authorizedBy(server, { user_id: "anna", user_info: {} }),
        });
      }
    };
    const client = run<PusherClient>(code, Signing);
    try {
      const got = recorded(await subscribed(client, "private-orders"));
      await subscribed(client, "presence-office");
      await server.trigger("private-orders", "paid", { id: 8 });
      await waitFor(() => got.length === 1, { what: "the event" });
      const users = await server.get({
        path: "/channels/presence-office/users",
      });
      assertEquals(await users.json(), { users: [{ id: "anna" }] });
    } finally {
      client.disconnect();
    }
  },
});

Deno.test("a repeated id is one event, and the history has it once", async () => {
  const server = run<PusherServer>(snippet("server", app.port), PusherServer);
  // The package encodes the body itself, though its types ask for a string.
  const body = {
    name: "paid",
    channel: "once",
    data: "{}",
    id: "order-7",
  } as unknown as string;
  const first = await server.post({ path: "/events", body });
  const second = await server.post({ path: "/events", body });
  assertEquals(first.status, 200);
  assertEquals(await second.json(), await first.json());
  const history = await server.get({ path: "/channels/once/events" });
  assertEquals(history.status, 200);
  const { events, more } = await history.json();
  assert(!more);
  assertEquals(
    events.map((e: { event: string }) => e.event),
    ["paid"],
  );
});
