/** The HTTP API as the unmodified `pusher` server package uses it, and what it refuses. */
import { assert, assertEquals } from "@std/assert";
import { signedTarget } from "../bench/load/sign.ts";
import { appOfFile, CREDENTIALS } from "../support/app.ts";
import {
  authorizedBy,
  connected,
  pusherServer,
  sdkTest,
  subscribed,
} from "../support/pusher_sdk.ts";
import { waitFor } from "../support/wait.ts";

const app = await appOfFile();
const server = pusherServer(app);

/** Sends a signed request by hand, for what the package refuses to send. */
async function signed(
  path: string,
  body: unknown,
  tamper = (target: string) => target,
): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const target = signedTarget("POST", `/apps/${CREDENTIALS.id}/${path}`, text);
  return await fetch(app.origin + tamper(target), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: text,
  });
}

async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}

/** The status with which the package's call fails. */
async function failure(call: Promise<unknown>): Promise<number> {
  const error = await call.then(() => null, (error) => error);
  return (error as { status?: number } | null)?.status ?? 0;
}

const event = { name: "news", channel: "api", data: "{}" };

sdkTest("channels are listed with what is asked for", async (open) => {
  for (const user_id of ["anna", "ben"]) {
    const client = open(app, authorizedBy(server, { user_id }));
    await subscribed(client, "presence-api-lobby");
    await subscribed(client, "api-room");
  }
  const channels = await server.get({
    path: "/channels",
    params: { filter_by_prefix: "presence-api-", info: "user_count" },
  });
  assertEquals(await channels.json(), {
    channels: { "presence-api-lobby": { user_count: 2 } },
  });
  const all = await (await server.get({ path: "/channels" })).json();
  assert("api-room" in all.channels);

  const one = await server.get({
    path: "/channels/api-room",
    params: { info: "subscription_count" },
  });
  assertEquals(await one.json(), { occupied: true, subscription_count: 2 });
  const none = await server.get({ path: "/channels/api-nobody" });
  assertEquals((await none.json()).occupied, false);

  const users = await server.get({
    path: "/channels/presence-api-lobby/users",
  });
  const { users: there } = await users.json();
  assertEquals(
    there.map(({ id }: { id: string }) => id).sort(),
    ["anna", "ben"],
  );
  assertEquals(
    await failure(server.get({ path: "/channels/api-room/users" })),
    400,
  );
});

sdkTest(
  "a publish answers with what is asked about its channels",
  async (open) => {
    const client = open(app, authorizedBy(server, { user_id: "anna" }));
    await subscribed(client, "presence-api-info");
    const answer = await server.trigger(["presence-api-info"], "news", {}, {
      info: "user_count,subscription_count",
    });
    assertEquals(await answer.json(), {
      channels: {
        "presence-api-info": { user_count: 1, subscription_count: 1 },
      },
    });
    assertEquals(await (await server.trigger("api", "news", {})).json(), {});
  },
);

sdkTest(
  "a wrong secret, an old clock and a changed body are refused with 401",
  async () => {
    const forger = pusherServer(app, { secret: "not-the-secret" });
    assertEquals(await failure(forger.trigger("api", "news", {})), 401);
    const stranger = pusherServer(app, { key: "another-key" });
    assertEquals(await failure(stranger.trigger("api", "news", {})), 401);

    assertEquals(await statusOf(await signed("events", event)), 200);
    const unsigned = await signed(
      "events",
      event,
      (target) => target.slice(0, target.indexOf("?")),
    );
    assertEquals(await statusOf(unsigned), 401);
    const path = `/apps/${CREDENTIALS.id}/events`;
    const body = JSON.stringify(event);
    for (const seconds of [-700, 700]) {
      const target = signedTarget(
        "POST",
        path,
        body,
        Date.now() + seconds * 1e3,
      );
      const response = await fetch(app.origin + target, {
        method: "POST",
        body,
      });
      assertEquals(await statusOf(response), 401);
    }
    const changed = await fetch(
      app.origin + signedTarget("POST", path, body),
      { method: "POST", body: body.replace("news", "lies") },
    );
    assertEquals(await statusOf(changed), 401);
  },
);

sdkTest(
  "limits are answered with the statuses that hosted Pusher gives",
  async () => {
    const long = "x".repeat(10 * 1024 + 1);
    assertEquals(
      await failure(server.trigger("api", "news", long)),
      413,
    );
    const batch = [event, { ...event, data: long }];
    assertEquals(await statusOf(await signed("batch_events", { batch })), 413);
    const refused: [string, unknown][] = [
      ["events", "not json"],
      ["events", { ...event, name: undefined }],
      ["events", { ...event, name: "n".repeat(201) }],
      ["events", { ...event, channel: "no spaces" }],
      ["events", { ...event, channel: "c".repeat(201) }],
      ["events", {
        name: "news",
        data: "",
        channels: Array.from({ length: 101 }, (_, n) => `c${n}`),
      }],
      ["batch_events", { batch: Array.from({ length: 11 }, () => event) }],
    ];
    for (const [path, body] of refused) {
      const status = await statusOf(await signed(path, body));
      assertEquals(status, 400, JSON.stringify(body).slice(0, 80));
    }
    const most = Array.from({ length: 100 }, (_, n) => `c${n}`);
    const all = { name: "news", data: "x".repeat(10 * 1024), channels: most };
    assertEquals(await statusOf(await signed("events", all)), 200);
  },
);

sdkTest("an app that is not there, or another's, is refused", async () => {
  const other = pusherServer(app, { appId: "9999" });
  const status = await failure(other.trigger("api", "news", {}));
  assert(status >= 400 && status < 500, `it answered ${status}`);
});

sdkTest(
  "terminating a user's connections ends theirs and nobody else's",
  async (open) => {
    const as = (id: string) =>
      open(app, {
        userAuthentication: {
          endpoint: "",
          transport: "ajax",
          customHandler: ({ socketId }, done) =>
            done(null, server.authenticateUser(socketId, { id })),
        },
      });
    const anna = as("api-anna");
    const ben = as("api-ben");
    for (const client of [anna, ben]) {
      client.signin();
      await connected(client);
      await waitFor(() => client.user.user_data, { what: "the sign-in" });
    }
    const states = { anna: [] as string[], ben: [] as string[] };
    type Change = { current: string };
    anna.connection.bind(
      "state_change",
      (c: Change) => states.anna.push(c.current),
    );
    ben.connection.bind(
      "state_change",
      (c: Change) => states.ben.push(c.current),
    );
    await server.terminateUserConnections("api-anna");
    await waitFor(() => states.anna.length > 0, { what: "Anna's end" });
    assertEquals(states.ben, []);
  },
);
