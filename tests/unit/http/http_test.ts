import { assert, assertEquals, assertRejects } from "@std/assert";
import { z } from "zod";
import { type ErrorCode, ERRORS, NexoraError } from "../../../lib/errors.ts";
import { readBody, readQuery } from "../../../lib/http/body.ts";
import { callerOf, networkOf } from "../../../lib/http/caller.ts";
import { readSessionCookie, sessionCookie } from "../../../lib/http/cookies.ts";
import { secured } from "../../../lib/http/headers.ts";
import { isSameOrigin } from "../../../lib/http/origin.ts";
import { problem } from "../../../lib/http/problem.ts";
import { codeOf } from "../../support/refusal.ts";

const post = (body: BodyInit | null, type?: string) =>
  new Request("http://n.example/api/x", {
    method: "POST",
    body,
    headers: type ? { "content-type": type } : {},
  });
const Schema = z.object({
  a: z.string().min(2, "Too short"),
  n: z.coerce.number().optional(),
});
Deno.test("every error is a problem document with its status", async () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const response = problem(new NexoraError(code), { report: () => {} });
    assertEquals(response.status, ERRORS[code].status);
    assertEquals(
      response.headers.get("content-type"),
      "application/problem+json; charset=utf-8",
    );
    const body = await response.json();
    assertEquals([body.code, body.status, body.title], [
      code,
      response.status,
      ERRORS[code].title,
    ]);
    assertEquals(body.type, `urn:nexora:error:${code}`);
  }
});

Deno.test("a problem says what, which fields, and when to come back", async () => {
  const error = new NexoraError("rate_limited", "Wait", {
    retryAfter: 1.2,
    fields: { a: "b" },
  });
  const response = problem(error);
  assertEquals(response.headers.get("retry-after"), "2");
  const { detail, fields, retryAfter } = await response.json();
  assertEquals({ detail, fields, retryAfter }, {
    detail: "Wait",
    fields: { a: "b" },
    retryAfter: 2,
  });
});

Deno.test("an unknown error leaks nothing, and its cause is logged under the id that is shown", async () => {
  const lines: [string, unknown][] = [];
  const cause = new Error("password is hunter2");
  const response = problem(cause, {
    report: (line, error) => lines.push([line, error]),
  });
  const text = await response.text();
  assertEquals(response.status, 500);
  assert(!text.includes("hunter2"));
  const { requestId } = JSON.parse(text);
  assert(lines[0]![0].includes(requestId));
  assertEquals(lines[0]![1], cause);
});

Deno.test("a body is JSON or a form", async () => {
  assertEquals(
    await readBody(
      post('{"a":"xy","n":1}', "application/json; charset=utf-8"),
      Schema,
    ),
    { a: "xy", n: 1 },
  );
  assertEquals(
    await readBody(post(new URLSearchParams({ a: "x y", n: "1" })), Schema),
    { a: "x y", n: 1 },
  );
  const form = new FormData();
  form.set("a", "xyz");
  assertEquals(await readBody(post(form), Schema), { a: "xyz" });
  assertEquals(
    await codeOf(() => readBody(post("<a/>", "text/xml"), Schema)),
    "unsupported_media_type",
  );
  assertEquals(
    await codeOf(() => readBody(post("{", "application/json"), Schema)),
    "bad_request",
  );
  assertEquals(
    await codeOf(() =>
      readBody(post(new Uint8Array([0xff]), "application/json"), Schema)
    ),
    "bad_request",
  );
  const error = await assertRejects(
    () => readBody(post('{"a":""}', "application/json"), Schema),
    NexoraError,
  );
  assertEquals(error.fields, { a: "Too short" });
  const none = await assertRejects(
    () => readBody(post(null), Schema),
    NexoraError,
  );
  assertEquals(Object.keys(none.fields!), ["a"]);
});

Deno.test("a body over the limit is refused, announced or not", async () => {
  const big = new Uint8Array(70_000);
  const announced = new Request("http://n.example", {
    method: "POST",
    body: "x",
    headers: { "content-length": "70000", "content-type": "application/json" },
  });
  assertEquals(await codeOf(() => readBody(announced, Schema)), "too_large");
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++;
      controller.enqueue(big.subarray(0, 10_000));
    },
  });
  assertEquals(
    await codeOf(() => readBody(post(stream, "application/json"), Schema)),
    "too_large",
  );
  assert(pulled < 12, "an endless body is not read to its end");
});

Deno.test("a query is parsed field by field", () => {
  const Query = z.object({
    limit: z.coerce.number("A number").int("Whole").optional(),
  });
  assertEquals(readQuery(new URL("http://n/?limit=3&x=y"), Query), {
    limit: 3,
  });
  try {
    readQuery(new URL("http://n/?limit=three"), Query);
    throw new Error("It was taken");
  } catch (error) {
    assert(error instanceof NexoraError);
    assertEquals(error.fields, { limit: "A number" });
  }
});

Deno.test("a write must come from our own pages, if a browser says where it comes from", () => {
  const table: [
    url: string,
    headers: HeadersInit,
    configured: string | undefined,
    ours: boolean,
  ][] = [
    ["http://n.example/x", {}, undefined, true],
    ["http://n.example/x", { origin: "http://n.example" }, undefined, true],
    ["http://n.example/x", { origin: "https://n.example" }, undefined, true],
    ["http://n.example/x", { origin: "http://n.example:81" }, undefined, false],
    ["http://n.example/x", { origin: "http://evil.example" }, undefined, false],
    [
      "http://n.example/x",
      { origin: "http://n.example.evil" },
      undefined,
      false,
    ],
    ["http://n.example/x", { origin: "null" }, undefined, false],
    ["https://n.example/x", { origin: "http://n.example" }, undefined, false],
    [
      "http://10.0.0.1/x",
      { origin: "https://n.example" },
      "https://n.example/",
      true,
    ],
    [
      "http://10.0.0.1/x",
      { origin: "https://10.0.0.1" },
      "https://n.example",
      false,
    ],
    [
      "http://n.example/x",
      { "sec-fetch-site": "same-origin" },
      undefined,
      true,
    ],
    ["http://n.example/x", { "sec-fetch-site": "none" }, undefined, true],
    ["http://n.example/x", { "sec-fetch-site": "same-site" }, undefined, false],
    [
      "http://n.example/x",
      { "sec-fetch-site": "cross-site" },
      undefined,
      false,
    ],
  ];
  for (const [url, headers, configured, ours] of table) {
    const request = new Request(url, { method: "POST", headers });
    assertEquals(
      isSameOrigin(request, configured),
      ours,
      JSON.stringify([url, headers, configured]),
    );
  }
});

Deno.test("the session cookie is out of reach of scripts and other sites", () => {
  const development = sessionCookie("u.token", 60_000, false);
  assertEquals(development.split("; ").toSorted(), [
    "HttpOnly",
    "Max-Age=60",
    "Path=/",
    "SameSite=Lax",
    "nexora_session=u.token",
  ]);
  const production = sessionCookie("u.token", 60_000, true);
  assert(
    production.startsWith("__Host-nexora_session=u.token;") &&
      production.includes("; Secure"),
  );
  assert(!/domain/i.test(production));
  const headers = new Headers({
    cookie: "a=b; nexora_session=u.token; __Host-nexora_session=p.token",
  });
  assertEquals(readSessionCookie(headers, false), "u.token");
  assertEquals(readSessionCookie(headers, true), "p.token");
  assertEquals(readSessionCookie(new Headers(), false), undefined);
});

Deno.test("an address is what the connection says, or the last hop where a proxy is ours", () => {
  const req = new Request("http://n", {
    headers: { "x-forwarded-for": "6.6.6.6, 203.0.113.9" },
  });
  const info = {
    remoteAddr: {
      transport: "tcp",
      hostname: "10.0.0.2",
      port: 1,
    } as Deno.Addr,
  };
  const direct = callerOf({ req, info }, { salt: "s", behindProxy: false });
  const proxied = callerOf({ req, info }, { salt: "s", behindProxy: true });
  assertEquals([direct.address, proxied.address], ["10.0.0.2", "203.0.113.9"]);
  assert(
    /^[0-9a-f]{16}$/.test(direct.device) && direct.device !== proxied.device,
  );
  assertEquals(networkOf("::ffff:192.0.2.1"), "192.0.2.1");
  assertEquals(networkOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assertEquals(networkOf("2001:db8::1"), "2001:db8:0:0::/64");
  assertEquals(networkOf("::1"), "0:0:0:0::/64");
  // Some proxies name the port, another for each connection.
  assertEquals(networkOf("192.0.2.1:50123"), "192.0.2.1");
  assertEquals(networkOf("[2001:db8:1:2::6]:50123"), "2001:db8:1:2::/64");
  assertEquals(networkOf("[2001:db8:1:2::6]"), "2001:db8:1:2::/64");
});

Deno.test("answers are secured, also those whose headers are closed; upgrades are left alone", () => {
  const redirect = secured(Response.redirect("http://n.example/y", 303), true);
  assertEquals(redirect.headers.get("location"), "http://n.example/y");
  assertEquals(redirect.headers.get("x-content-type-options"), "nosniff");
  assert(redirect.headers.has("strict-transport-security"));
  const own = secured(
    new Response("", { headers: { "referrer-policy": "no-referrer" } }),
    false,
  );
  assertEquals(own.headers.get("referrer-policy"), "no-referrer");
  assertEquals(own.headers.has("strict-transport-security"), false);
});
