import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { Builder } from "fresh/dev";
import { parse } from "../../../offline/fresh/src/client/parse.ts";
import { app } from "./fixture/main.ts";

const root = import.meta.resolve("./fixture");
const apply = await new Builder({ root }).build({ snapshot: "memory" });
apply(app);
const handler = app.handler();

const get = (path: string, headers?: HeadersInit) =>
  handler(new Request(`http://localhost${path}`, { headers }));

/** What a page sends to the browser for its islands. */
async function islandData(path: string) {
  const html = await (await get(path)).text();
  const json = /id="__FRSH_ISLANDS">(.*?)<\/script>/.exec(html)?.[1];
  return JSON.parse(json!) as {
    modules: [string, string][];
    islands: number[];
    props: string;
  };
}

Deno.test("a page without islands ships no script", async () => {
  const html = await (await get("/plain")).text();
  assert(!html.includes("<script"));
});

Deno.test("a page loads the modules of its own islands only", async () => {
  const { modules } = await islandData("/");
  assertEquals(modules.map(([url, name]) => [url.split("/").at(-1), name]), [
    ["Counter.js", "default"],
    ["Fold.js", "Fold"],
  ]);
  const link = (await get("/")).headers.get("link")!;
  assertMatch(
    link,
    /<\/_fresh\/js\/\w+\/Counter\.js>; rel="modulepreload"; as="script"/,
  );
  assert(!link.includes("Describe.js"));
});

Deno.test("islands share a signal by identity", async () => {
  const { props } = await islandData("/");
  const islands = parse(props, (id) => `slot ${id}`) as Record<
    string,
    unknown
  >[];
  const signals = islands.filter(({ count }) => count).map(({ count }) =>
    count
  );
  assertEquals(signals.length, 4);
  assertEquals(new Set(signals).size, 1);
  assertEquals(islands[2]?.children, "slot 1");
});

Deno.test("JSX that is not shown yet waits in a template", async () => {
  const html = await (await get("/")).text();
  assertMatch(html, /<template id="frsh-slot-3"><!--frsh:i\d+--><button/);
  assertStringIncludes(html, '<!--frsh:s1--><p class="text">');
});

Deno.test("every kind of prop is read back as it was", async () => {
  const { props } = await islandData("/props");
  const [first] = parse(props, () => null) as [{ values: Props }];
  const { values } = first;
  assertEquals(values.text, "</script><!--");
  assertEquals(values.big, 12n);
  assert(Number.isNaN(values.nan) && Object.is(values.zero, -0));
  assertEquals(values.infinite, -Infinity);
  assert(values.nothing === null && "missing" in values);
  assertEquals(values.date, new Date(0));
  assertEquals(values.url, new URL("https://example.com/a"));
  assertEquals(values.pattern, /a<b/gi);
  assertEquals(values.set, new Set([1, "two"]));
  assertEquals(values.map, new Map([["key", new Date(1)]]));
  assertEquals(values.bytes, new Uint8Array([1, 2, 255]));
  assertEquals((values.signal as { value: string }).value, "inner");
  const [one, other] = values.shared as { deep: number[] }[];
  assert(one === other && !(1 in one!.deep));
});

type Props = Record<string, unknown>;

Deno.test("a function as a prop is refused, naming island and prop", async () => {
  const logged: unknown[] = [];
  const { error } = console;
  console.error = (value: unknown) => logged.push(value);
  try {
    assertEquals((await get("/function")).status, 500);
  } finally {
    console.error = error;
  }
  assertStringIncludes(
    String(logged[0]),
    "<Describe>: Serializing functions is not supported: props.values.onSave",
  );
});

Deno.test("a page's Head replaces what the app wrapper has", async () => {
  const html = await (await get("/")).text();
  const head = html.slice(0, html.indexOf("</head>"));
  assertStringIncludes(head, "<title>Home</title>");
  assertStringIncludes(head, 'content="of the page"');
  assert(!head.includes("Fixture") && !head.includes("of the app"));
});

Deno.test("the nonce of the policy is that of the page", async () => {
  const res = await get("/");
  const policy = res.headers.get("content-security-policy")!;
  const nonce = /'nonce-(\w+)'/.exec(policy)?.[1];
  assertStringIncludes(
    await res.text(),
    `<script type="module" nonce="${nonce}"`,
  );
  assert(!policy.includes("unsafe-inline"));
});

Deno.test("what has the build in its URL is cached forever, the rest revalidated", async () => {
  const { modules } = await islandData("/");
  const forever = "public, max-age=31536000, immutable";
  const script = await get(modules[0]![0]);
  assertEquals(script.headers.get("cache-control"), forever);
  await script.body?.cancel();

  const style = await get("/style.css");
  assertEquals(style.headers.get("cache-control"), "no-cache");
  const url = /url\("(.*?)"\)/.exec(await style.text())![1]!;
  assertMatch(url, /^\/dot\.svg\?__frsh_c=\w+$/);
  const image = await get(url);
  assertEquals(image.headers.get("cache-control"), forever);
  await image.body?.cancel();

  const tag = style.headers.get("etag")!;
  const again = await get("/style.css", { "If-None-Match": tag });
  assertEquals([again.status, again.body], [304, null]);
});

Deno.test("a file route that is loaded lazily has no other methods", async () => {
  const post = await handler(
    new Request("http://localhost/plain", { method: "POST" }),
  );
  assertEquals(await post.text(), "posted");
  const put = await handler(
    new Request("http://localhost/plain", { method: "PUT" }),
  );
  assertEquals(put.status, 404);
  await put.body?.cancel();
});

Deno.test("server code in the browser bundle fails the build, by name", async () => {
  const broken = new Builder({ root: import.meta.resolve("./broken") });
  const error = await assertRejects(
    () => broken.build({ snapshot: "memory" }),
    Error,
    "Server code in the browser bundle",
  );
  assertMatch(error.message, /node:os, Deno\.readTextFileSync, .*Reads\.tsx/);
});
