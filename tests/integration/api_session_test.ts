/** Accounts and sessions over real HTTP. */
import { assert, assertEquals } from "@std/assert";
import { appOfFile, AppProcess } from "../support/app.ts";

const app = await appOfFile();

const post = (path: string, body: unknown, headers: HeadersInit = {}) =>
  fetch(app.origin + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: app.origin,
      ...headers,
    },
    body: JSON.stringify(body),
  });
const cookieOf = (response: Response) =>
  response.headers.getSetCookie()[0]!.split(";")[0]!;
const me = async (cookie: string) => {
  const response = await fetch(`${app.origin}/api/me`, { headers: { cookie } });
  return { status: response.status, body: await response.json() };
};

Deno.test("sign up, sign out, sign in", async () => {
  const up = await post("/api/users", {
    name: "Ada Byron",
    email: "ada@example.com",
    password: "correct horse",
  });
  assertEquals(up.status, 201);
  const { user } = await up.json();
  assertEquals(user.handle, "ada-byron");
  assertEquals((await me(cookieOf(up))).body.user, user);
  const out = await fetch(`${app.origin}/api/session`, {
    method: "DELETE",
    headers: { cookie: cookieOf(up) },
  });
  assertEquals([out.status, await out.text()], [204, ""]);
  assert(out.headers.getSetCookie()[0]!.includes("Max-Age=0"));
  assertEquals((await me(cookieOf(up))).status, 401);
  const again = await post("/api/session", {
    email: "ADA@example.com",
    password: "correct horse",
  });
  assertEquals(again.status, 200);
  assertEquals((await me(cookieOf(again))).body.user.id, user.id);
  await again.body?.cancel();
});

Deno.test("signing in rotates the session and keeps its cookie from scripts", async () => {
  const first = await post("/api/session/demo", { handle: "demo-owner" });
  await first.body?.cancel();
  const [cookie] = first.headers.getSetCookie();
  assert(
    /^nexora_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/.test(
      cookie!,
    ),
    cookie,
  );
  const second = await post("/api/session/demo", { handle: "demo-member" }, {
    cookie: cookieOf(first),
  });
  await second.body?.cancel();
  assertEquals(
    (await me(cookieOf(first))).status,
    401,
    "the session before has ended",
  );
  assertEquals((await me(cookieOf(second))).body.user.handle, "demo-member");
});

Deno.test("forms work as well as JSON, and what is wrong is said by field", async () => {
  const form = await fetch(`${app.origin}/api/users`, {
    method: "POST",
    headers: { origin: app.origin },
    body: new URLSearchParams({
      name: "Form Person",
      email: "form@example.com",
      password: "12345678",
      handle: "",
    }),
  });
  assertEquals(form.status, 201);
  await form.body?.cancel();
  const bad = await post("/api/users", {
    name: " ",
    email: "no",
    password: "short",
    handle: "A b",
  });
  assertEquals([bad.status, bad.headers.get("content-type")], [
    400,
    "application/problem+json; charset=utf-8",
  ]);
  assertEquals(Object.keys((await bad.json()).fields).toSorted(), [
    "email",
    "handle",
    "name",
    "password",
  ]);
  const taken = await post("/api/users", {
    name: "Copy",
    email: "form@example.com",
    password: "12345678",
  });
  assertEquals([taken.status, (await taken.json()).fields], [409, {
    email: "There is an account with this address",
  }]);
});

Deno.test("guessing is slowed down with a time to come back", async () => {
  const guess = () =>
    post("/api/session", { email: "victim@example.com", password: "guess" });
  const statuses: number[] = [];
  let last: Response;
  do {
    last = await guess();
    statuses.push(last.status);
    if (last.status === 401) await last.body?.cancel();
  } while (last.status === 401 && statuses.length < 10);
  // Five are free. On a slow machine the first wait may be over before the next guess; the waits double.
  assert(statuses.length >= 6, statuses.join());
  assertEquals(statuses.at(-1), 429);
  const problem = await last.json();
  assertEquals(problem.code, "rate_limited");
  assertEquals(last.headers.get("retry-after"), String(problem.retryAfter));
});

Deno.test("one's sessions are listed and ended from another one", async () => {
  const one = await app.signIn("demo-admin");
  const two = await app.signIn("demo-admin");
  const { sessions } = await (await two.fetch("/api/sessions")).json();
  assertEquals(
    sessions.filter((s: { current: boolean }) => s.current).length,
    1,
  );
  assert(!JSON.stringify(sessions).includes(two.cookie.split(".")[1]!));
  const other = sessions.find((s: { current: boolean }) => !s.current);
  assertEquals(
    (await two.fetch(`/api/sessions/${other.id}`, { method: "DELETE" })).status,
    204,
  );
  assertEquals((await one.fetch("/api/sessions")).status, 401);
  const outsider = await app.signIn("demo-outsider");
  const current = sessions.find((s: { current: boolean }) => s.current);
  assertEquals(
    (await outsider.fetch(`/api/sessions/${current.id}`, { method: "DELETE" }))
      .status,
    404,
  );
});

Deno.test("a write from another origin is refused, whoever carries the cookie", async () => {
  const owner = await app.signIn("demo-owner");
  const write = (headers: HeadersInit) =>
    fetch(`${app.origin}/api/me`, {
      method: "PATCH",
      headers: {
        cookie: owner.cookie,
        "content-type": "application/json",
        ...headers,
      },
      body: JSON.stringify({ bio: "changed" }),
    });
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const headers of foreign) {
    const response = await write(headers);
    assertEquals([response.status, (await response.json()).code], [
      403,
      "bad_origin",
    ]);
  }
  const page = await fetch(`${app.origin}/sign-in`, {
    method: "POST",
    headers: { origin: "https://evil.example" },
    body: new URLSearchParams({ email: "a@example.com", password: "x" }),
  });
  assertEquals(page.status, 403);
  assertEquals(page.headers.getSetCookie(), []);
  await page.body?.cancel();
  const bare = await write({});
  assertEquals([bare.status, (await bare.json()).user.bio], [200, "changed"]);
});

Deno.test("methods that are not there say which are; unknown paths are problems too", async () => {
  const put = await fetch(`${app.origin}/api/session`, {
    method: "PUT",
    headers: { origin: app.origin },
  });
  assertEquals(
    [put.status, put.headers.get("allow"), (await put.json()).code],
    [
      405,
      "POST, DELETE, OPTIONS",
      "method_not_allowed",
    ],
  );
  const head = await fetch(`${app.origin}/api/me`, { method: "HEAD" });
  assertEquals(head.status, 401);
  const nowhere = await fetch(`${app.origin}/api/nowhere`);
  assertEquals([nowhere.status, (await nowhere.json()).code], [
    404,
    "not_found",
  ]);
  assertEquals(nowhere.headers.get("x-content-type-options"), "nosniff");
});

Deno.test("demo users are entered by nobody where the demo is off, and production cookies bind to the host", async () => {
  const production = await AppProcess.start({
    kvPath: ":memory:",
    env: {
      DEMO: "0",
      NEXORA_ENV: "production",
      PUSHER_KEY: "k",
      PUSHER_SECRET: "s",
      CRON_SECRET: "c",
    },
  });
  try {
    const demo = await fetch(`${production.origin}/api/session/demo`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ handle: "demo-owner" }),
    });
    assertEquals([demo.status, (await demo.json()).code], [404, "not_found"]);
    const up = await fetch(`${production.origin}/api/users`, {
      method: "POST",
      body: new URLSearchParams({
        name: "Ada",
        email: "ada@example.com",
        password: "correct horse",
      }),
    });
    await up.body?.cancel();
    const [cookie] = up.headers.getSetCookie();
    assert(
      /^__Host-nexora_session=[^;]+; .*Secure/.test(cookie!) &&
        /; Path=\/;/.test(cookie!),
      cookie,
    );
    assert(up.headers.has("strict-transport-security"));
    const token = cookie!.slice(cookie!.indexOf("=") + 1, cookie!.indexOf(";"));
    const plain = await fetch(`${production.origin}/api/me`, {
      headers: { cookie: `nexora_session=${token}` },
    });
    assertEquals(
      plain.status,
      401,
      "a cookie that any subdomain could set does not count",
    );
    await plain.body?.cancel();
  } finally {
    await production.terminate();
  }
});
