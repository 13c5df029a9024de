/** `docs/reference.md` against the code: nothing that users may rely on is missing there, nothing is made up. */
import { assert, assertEquals } from "@std/assert";
import { ERRORS } from "../../lib/errors.ts";
import { afterClose, CLOSES } from "../../lib/realtime/closes.ts";
import { DEFAULT_LIMITS } from "../../lib/realtime/limits.ts";
import * as client from "../../lib/realtime/client/mod.ts";
import { AppProcess, ROOT } from "../support/app.ts";
import { sourcesOf } from "./docs_sources.ts";

const page = await Deno.readTextFile(`${ROOT}docs/reference.md`);

/** The text below a heading, down to the next of its level or above. */
function section(title: string): string {
  const found = page.split(/^## /m).find((text) =>
    text.startsWith(`${title}\n`)
  );
  assert(found, `there is a section ${title}`);
  return found;
}

/** The cells of the tables in a section; a bar in a cell is escaped. */
function rowsOf(text: string): string[][] {
  return text.split("\n").filter((line) => /^\| (?!-)/.test(line)).map((line) =>
    line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim())
  );
}

const codes = (cell: string) =>
  [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
const withCode = (text: string) =>
  rowsOf(text).filter(([first]) => first!.startsWith("`"));

interface Route {
  method: string;
  path: string;
}

/** What the route files answer. */
async function routesOfCode(): Promise<Route[]> {
  const routes: Route[] = [];
  const sources = await sourcesOf(
    "routes/api",
    "routes/app",
    "routes/apps",
    "routes/healthz.ts",
    "routes/metrics.ts",
  );
  for (const { path, text } of sources) {
    if (path.endsWith("/_middleware.ts")) continue;
    const url = path.replace(/^routes/, "").replace(/\.tsx?$/, "")
      .replace(/\/index$/, "").replace(/\[(\w+)\]/g, "{$1}");
    const handlers = text.slice(text.indexOf("export const handler"));
    const methods = handlers.matchAll(
      /(?:^\s*|[{,]\s*)(?:async\s+)?(GET|POST|PUT|PATCH|DELETE)\s*[:(]/gm,
    );
    for (const [, method] of methods) {
      routes.push({ method: method!, path: url });
    }
  }
  return routes;
}

const documented = withCode(section("HTTP API"))
  .map(([route, who]) => ({ route: codes(route!)[0]!, who: who! }));

Deno.test("every route is there, and no other", async () => {
  const inCode = (await routesOfCode()).map((r) => `${r.method} ${r.path}`);
  assert(inCode.length > 40);
  // The socket has a section of its own.
  assert(section("WebSocket frames").includes("`GET /app/{key}?protocol=7`"));
  assertEquals(
    [...documented.map(({ route }) => route), "GET /app/{key}"].sort(),
    inCode.sort(),
  );
});

Deno.test("who is not let in is refused as the page says, on every route", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await using app = await AppProcess.start({ kvPath: `${directory}/kv.db` });
    const got: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const { route, who } of documented) {
      const [method, template] = route.split(" ") as [string, string];
      const path = template.replace("{channel}", "guild-demo-guild")
        .replace("{appId}", "1234").replace("{job}", "oracle")
        .replace(/\{\w+\}/g, "demo") +
        (template.endsWith("/stream") ? "?channels=guild-demo-guild" : "");
      const response = await fetch(app.origin + path, {
        method,
        ...(method !== "GET" && {
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            socket_id: "1.2",
            channel_name: "private-guild-demo-guild",
          }),
        }),
      });
      const text = await response.text();
      const code = response.ok ? null : JSON.parse(text).code;
      if (who === "anyone") {
        got[route] = code !== "unauthenticated" && response.status < 500;
        expected[route] = true;
      } else {
        got[route] = [response.status, code];
        expected[route] = [
          401,
          who === "signed" ? "bad_signature" : "unauthenticated",
        ];
      }
    }
    assertEquals(got, expected);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("every environment variable is there, and no other", async () => {
  const config = await Deno.readTextFile(`${ROOT}lib/config.ts`);
  const schema = config.slice(
    config.indexOf("const Environment"),
    config.indexOf("export interface Config"),
  );
  const inCode = new Set(
    [...schema.matchAll(/^ {2}([A-Z][A-Z_0-9]+):/gm)].map((m) => m[1]!),
  );
  assert(inCode.size > 20);
  const sources = await sourcesOf(
    "lib",
    "jobs",
    "routes",
    "main.ts",
    "fresh.config.ts",
  );
  for (const { text } of sources) {
    for (
      const [, name] of text.matchAll(
        /Deno\.env\.(?:get|has)\(\s*"([A-Z_0-9]+)"/g,
      )
    ) inCode.add(name!);
  }
  const inDocs = withCode(section("Environment")).flatMap(([cell]) =>
    codes(cell!)
  );
  assertEquals(inDocs.sort(), [...inCode].sort());
});

Deno.test("every error code is there with its status, and no other", () => {
  assertEquals(
    Object.fromEntries(
      withCode(section("Errors")).map((
        [code, status, retry],
      ) => [codes(code!)[0], `${status} ${retry}`]),
    ),
    Object.fromEntries(
      Object.entries(ERRORS).map((
        [code, kind],
      ) => [code, `${kind.status} ${kind.retry ? "yes" : "no"}`]),
    ),
  );
});

Deno.test("every close code is there with its reason, and no other", () => {
  const rows = rowsOf(section("Close codes")).filter(([code]) =>
    /^\d+$/.test(code!)
  );
  assertEquals(
    rows.map((row) => row.join(" ")),
    Object.values(CLOSES).map(({ code, reason }) =>
      `${code} ${reason} ${afterClose(code)}`
    ),
  );
});

Deno.test("every limit is there with its default, and no other", () => {
  assertEquals(
    Object.fromEntries(
      withCode(section("Limits")).map((
        [name, value],
      ) => [codes(name!)[0], Number(value)]),
    ),
    { ...DEFAULT_LIMITS } as Record<string, number>,
  );
});

Deno.test("every metric is there, and no other", async () => {
  const sources = await sourcesOf(
    "lib/realtime/metrics.ts",
    "lib/realtime/gauges.ts",
  );
  const inCode = sources.flatMap(({ text }) =>
    [...text.matchAll(/"(nexora_[a-z_]+)"/g)].map((match) => match[1]!)
  );
  assertEquals(
    codes(section("Operations")).filter((name) => name.startsWith("nexora_"))
      .sort(),
    inCode.sort(),
  );
});

Deno.test("every hook, island and component folder is there, and no other", async () => {
  assertEquals(
    withCode(section("Hooks")).map(([hook]) => hook!.match(/\w+/)![0]).sort(),
    Object.keys(client).filter((name) => name.startsWith("use")).sort(),
  );
  for (const [hook, file] of withCode(section("Hooks"))) {
    const name = hook!.match(/\w+/)![0];
    const text = await Deno.readTextFile(
      `${ROOT}lib/realtime/client/hooks/${codes(file!)[0]}`,
    );
    assert(text.includes(`export function ${name}`), name);
  }
  const islands = await sourcesOf("islands");
  assertEquals(
    withCode(section("Islands")).map(([island]) => codes(island!)[0]).sort(),
    islands.map(({ path }) => path.replace(/^islands\/|\.tsx$/g, "")).sort(),
  );
  const folders = (await Array.fromAsync(Deno.readDir(`${ROOT}components`)))
    .filter((entry) => entry.isDirectory).map(({ name }) => `${name}/`);
  const named = codes(section("Components"));
  for (const folder of folders) assert(named.includes(folder), folder);
});

Deno.test("every action of the subjects listed is there, and no other", async () => {
  for (const [cell, actions] of withCode(section("Actions"))) {
    const subject = codes(cell!)[0]!;
    const module = await import(`../../lib/${subject}/mod.ts`);
    assertEquals(
      codes(actions!).sort(),
      Object.keys(module).filter((name) => typeof module[name] === "function")
        .sort(),
      subject,
    );
  }
});
