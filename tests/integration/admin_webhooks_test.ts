/** Webhook endpoints that admins add, try and remove over HTTP. */
import { assertEquals } from "@std/assert";
import { CREDENTIALS, withApp } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";

Deno.test("webhook endpoints are listed, added, tried and removed; the environment's stay", async () => {
  const received: { headers: Headers; body: string }[] = [];
  let answer = 200;
  await using hooks = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      received.push({ headers: request.headers, body: await request.text() });
      return new Response(null, { status: answer });
    },
  );
  const hook = `http://127.0.0.1:${hooks.addr.port}`;
  const fixed = {
    id: "set-outside",
    url: `${hook}/outside`,
    types: ["cache_miss"],
  };
  await withApp(async (app) => {
    const admin = await app.signIn("demo-admin");
    const list = async () =>
      (await admin.ask("GET", "/api/admin/webhooks")).body.endpoints as {
        id: string;
        url: string;
        fixed: boolean;
      }[];
    assertEquals((await list()).map(({ id, fixed }) => [id, fixed]), [
      ["set-outside", true],
    ]);
    const add = (json: unknown) =>
      admin.ask("POST", "/api/admin/webhooks", json);
    const url = `${hook}/inside`;
    for (
      const [json, field] of [
        [{ url: "ftp://example.test", types: ["cache_miss"] }, "url"],
        [{ url: "nowhere", types: ["cache_miss"] }, "url"],
        [{ url: "http://a:b@example.test", types: ["cache_miss"] }, "url"],
        [{ url, types: [] }, "types"],
        [{ url, types: ["nothing"] }, "types.0"],
      ] as const
    ) {
      const refused = await add(json);
      assertEquals([refused.status, Object.keys(refused.body.fields)], [400, [
        field,
      ]]);
    }
    const added = await add({ url, types: ["channel_occupied"] });
    assertEquals(added.status, 201);
    const { id } = added.body.endpoint;
    assertEquals((await add({ url, types: ["cache_miss"] })).status, 409);
    assertEquals((await list()).map((e) => [e.url, e.fixed]), [
      [`${hook}/outside`, true],
      [url, false],
    ]);

    const tried = await admin.ask("POST", `/api/admin/webhooks/${id}/test`);
    assertEquals([tried.status, tried.body.delivery.ok], [200, true]);
    assertEquals(tried.body.delivery.status, 200);
    const { body, headers } = received.at(-1)!;
    assertEquals(JSON.parse(body).events, [{
      name: "channel_occupied",
      channel: "nexora-webhook-test",
    }]);
    assertEquals(headers.get("x-pusher-key"), CREDENTIALS.key);
    answer = 503;
    const failed = await admin.ask("POST", `/api/admin/webhooks/${id}/test`);
    answer = 200;
    assertEquals([failed.body.delivery.ok, failed.body.delivery.status], [
      false,
      503,
    ]);
    // Another isolate may have tried; it tells within a second or two.
    await waitFor(
      async () =>
        (await admin.ask("GET", "/api/admin/webhooks")).body.deliveries
          .filter((d: { endpointId: string }) => d.endpointId === id).length ===
          2,
      { what: "both attempts in the list" },
    );

    const remove = (id: string) =>
      admin.ask("DELETE", `/api/admin/webhooks/${id}`);
    assertEquals((await remove("set-outside")).status, 409);
    assertEquals((await remove(id)).status, 204);
    assertEquals((await remove(id)).status, 404);
    assertEquals((await list()).length, 1);
  }, { isolates: 2, env: { WEBHOOKS: JSON.stringify([fixed]) } });
});
