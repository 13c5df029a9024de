import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { localPath, signInPath } from "../../../lib/pages/paths.ts";
import { readTheme, themeCookie } from "../../../lib/pages/theme.ts";

Deno.test("a path of this site is kept with its query and hash", () => {
  assertEquals(
    localPath("/guilds/demo-guild?a=1#x"),
    "/guilds/demo-guild?a=1#x",
  );
});

Deno.test("a way to another site is not taken", () => {
  for (
    const path of [
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "https://evil.example/",
      "javascript:alert(1)",
      "/\t/evil.example",
      "/%2F/../..//evil.example",
      "",
      null,
      undefined,
    ]
  ) {
    const url = new URL(localPath(path, "/home"), "https://nexora.example");
    assertEquals(url.origin, "https://nexora.example", String(path));
  }
});

Deno.test("whatever comes in, what goes out stays on this site", () => {
  const piece = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "%2f",
    "\t",
    "\n",
    "@",
    ":",
    "evil.example",
    "http",
    "?",
    "#",
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const url = new URL(localPath(pieces.join("")), "https://nexora.example");
    assertEquals(url.origin, "https://nexora.example");
  }));
});

Deno.test("signing in leads back", () => {
  const path = signInPath("/guilds/a?b=c&d");
  assertEquals(
    new URL(path, "http://x").searchParams.get("next"),
    "/guilds/a?b=c&d",
  );
});

Deno.test("a theme survives its cookie and nothing else gets in", () => {
  const cookie = themeCookie("dark").split(";")[0]!;
  assertEquals(readTheme(new Headers({ cookie: `a=b; ${cookie}` })), "dark");
  assertEquals(
    readTheme(new Headers({ cookie: 'nexora_theme="><script>' })),
    "system",
  );
  assertEquals(readTheme(new Headers()), "system");
});
