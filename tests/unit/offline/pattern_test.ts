import { assertEquals } from "@std/assert";
import { compilePattern } from "../../../offline/fresh/src/routing/pattern.ts";

const PATTERNS = [
  "/a/:id",
  "/a/:id/b",
  "/a/:one-:two",
  "/a/:name.json",
  "/a/:mod@:version",
  "/a/:rest*",
  "/a/:rest+",
  "/a/:maybe?",
  "/a{/:maybe}?",
  "/a{/:maybe}?/b",
  "/{:maybe}?",
  "/a/*",
  "/*",
  "/a/:id/*",
  "/a.b/:id",
  "/a/:id(\\d+)",
  "/apps/:appId/channels/:channel/users",
];

const PATHS = [
  "/",
  "/a",
  "/a/",
  "/a/1",
  "/a/1/",
  "/a/1/b",
  "/a/b",
  "/a/1-2",
  "/a/1-2-3",
  "/a/x.json",
  "/a/m@1.2",
  "/a/1/2/3",
  "/a.b/1",
  "/aXb/1",
  "/a/%C3%BC",
  "/a/x%2Fy",
  "/apps/1/channels/presence-guild-1/users",
];

Deno.test("compiled patterns match what URLPattern matches", () => {
  for (const pattern of PATTERNS) {
    const match = compilePattern(pattern);
    const reference = new URLPattern({ pathname: pattern });
    for (const pathname of PATHS) {
      const groups = reference.exec({ pathname })?.pathname.groups;
      const expected = groups && Object.fromEntries(
        Object.entries(groups).map(([name, value]) => [
          name,
          decodeURI(value ?? ""),
        ]),
      );
      assertEquals(match(pathname), expected ?? null, `${pattern} ${pathname}`);
    }
  }
});

Deno.test("bad encoding in a path is kept as it is", () => {
  assertEquals(compilePattern("/a/:id")("/a/%E4"), { id: "%E4" });
});
