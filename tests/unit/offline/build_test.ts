import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { Builder } from "fresh/dev";

const root = fileURLToPath(import.meta.resolve("./fixture"));
const config = fileURLToPath(import.meta.resolve("../../../deno.json"));

Deno.test("a build is served by deno serve, in several isolates", async () => {
  const outDir = await Deno.makeTempDir();
  try {
    await new Builder({ root, outDir }).build();
    await using server = await serve(`${outDir}/server.js`);
    const page = await fetch(server.url);
    const html = await page.text();
    assertStringIncludes(html, "<title>Home</title>");
    const script = /src="(\/_fresh\/js\/[^"]+)"/.exec(html)?.[1];
    const res = await fetch(server.url + script);
    assertEquals(res.status, 200);
    assert(!(await res.text()).includes("__FRSH_BUILD_ID__"));
    assertEquals((await fetch(`${server.url}/dot.svg`)).status, 200);
  } finally {
    await Deno.remove(outDir, { recursive: true });
  }
});

Deno.test("two builds of the same files have the same id", async () => {
  const ids = [];
  for (let i = 0; i < 2; i++) {
    const outDir = await Deno.makeTempDir();
    await new Builder({ root, outDir }).build();
    const [entry] = Deno.readDirSync(`${outDir}/static/_fresh/js`);
    ids.push(entry?.name);
    await Deno.remove(outDir, { recursive: true });
  }
  assertEquals(ids[0], ids[1]);
});

/** Serves a file as `deno task start` does; stops with the block. */
async function serve(path: string) {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["serve", "-A", "--no-check", "--parallel", "--config", config]
      .concat(["--host=127.0.0.1", "--port=0", path]),
    env: { NO_COLOR: "1", DENO_JOBS: "2" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let printed = "";
  const reader = process.stderr.pipeThrough(new TextDecoderStream())
    .getReader();
  let url: string | undefined;
  while (url === undefined) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The server did not start: ${printed}`);
    printed += value;
    url = /http:\/\/127\.0\.0\.1:\d+(?=\/)/.exec(printed)?.[0];
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      process.kill();
      await reader.cancel();
      await process.status;
    },
  };
}
