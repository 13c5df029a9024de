import { assertEquals, assertMatch } from "@std/assert";
import { AppProcess } from "../support/app.ts";

/** What browsers are told to do with a page, by path. */
async function headersOf(app: AppProcess, path: string) {
  const response = await fetch(app.origin + path);
  await response.body?.cancel();
  return response;
}

Deno.test("pages and error pages are guarded alike; only a site with TLS sends browsers to it", async (t) => {
  await using app = await AppProcess.start({ kvPath: ":memory:" });
  await t.step(
    "an error page has a policy and is not sniffed or framed",
    async () => {
      const { status, headers } = await headersOf(app, "/nowhere");
      assertEquals(status, 404);
      assertEquals(headers.get("x-content-type-options"), "nosniff");
      assertEquals(headers.get("x-frame-options"), "DENY");
      assertMatch(
        headers.get("content-security-policy")!,
        /default-src 'self'.*frame-ancestors 'none'/,
      );
    },
  );
  await t.step("without TLS nothing is upgraded to it", async () => {
    const { headers } = await headersOf(app, "/sign-in");
    const policy = headers.get("content-security-policy")!;
    assertMatch(policy, /script-src 'self' 'nonce-\w+'/);
    assertEquals(policy.includes("upgrade-insecure-requests"), false);
  });
  await using behindTls = await AppProcess.start({
    kvPath: ":memory:",
    env: { ORIGIN: "https://nexora.example" },
  });
  await t.step("behind a proxy with TLS it is", async () => {
    const { headers } = await headersOf(behindTls, "/sign-in");
    assertMatch(
      headers.get("content-security-policy")!,
      /upgrade-insecure-requests/,
    );
  });
});
