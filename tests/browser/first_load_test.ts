/** How much script every page ships before anybody has done anything. */
import { assertEquals } from "@std/assert";
import { watchScripts } from "../support/browser.ts";
import { openSite, routesWithPages, SITE } from "../support/site.ts";
import { stageTest } from "../support/stage.ts";

/** Bytes of gzipped script, by whether there is a conversation on the page; and of what comes behind. */
const BUDGET = { page: 25_000, chat: 60_000, behind: 15_000 };

/**
 * What makes live what the server has drawn and what works alone: the rail's links, the admins' live view and the pane of a
 * dispute with their forms. It comes behind the rest, and is weighed apart.
 */
const BEHIND = /\/(RoomLists|LiveView|Pane)-/;

/** What one file weighs on the wire; the pages share most of theirs. */
const weights = new Map<string, Promise<number>>();
function weigh(url: string): Promise<number> {
  let weight = weights.get(url);
  if (!weight) {
    weights.set(
      url,
      weight = fetch(url).then(async (response) => {
        const packed = response.body!.pipeThrough(
          new CompressionStream("gzip"),
        );
        return (await new Response(packed).arrayBuffer()).byteLength;
      }),
    );
  }
  return weight;
}

Deno.test("no page is left out", async () => {
  const listed = new Set(SITE.map(({ route }) => route));
  assertEquals([...listed].sort(), await routesWithPages());
});

stageTest(
  "a first visit ships little script: 25 kB, with a conversation 60 kB",
  async (stage) => {
    const over: string[] = [];
    const weighAll = (urls: Iterable<string>) =>
      Promise.all(
        [...urls].map(async (url) => ({
          name: url.split("/").at(-1)!,
          size: await weigh(url),
        })),
      );
    for (const { path, person, chat, as } of await openSite(stage)) {
      const page = await person.context.newPage();
      const behind = Promise.withResolvers<void>();
      await page.route(BEHIND, async (route) => {
        await behind.promise;
        await route.continue();
      });
      const first = watchScripts(page, BEHIND);
      const all = watchScripts(page);
      await page.goto(path);
      const before = new Set(await first.atRest());
      behind.resolve();
      const after = new Set(await all.atRest()).difference(before);
      await page.close();
      for (
        const [what, urls, budget] of [
          ["first", before, chat ? BUDGET.chat : BUDGET.page],
          ["behind", after, BUDGET.behind],
        ] as const
      ) {
        const files = await weighAll(urls);
        const size = files.reduce((sum, file) => sum + file.size, 0);
        const line = `${path} (${
          as ?? "not signed in"
        }), ${what}: ${size} of ${budget}`;
        if (Deno.env.has("SHOW")) console.log(line);
        if (size <= budget) continue;
        files.sort((a, b) => b.size - a.size);
        over.push(
          `${line}\n${
            files.map(({ name, size }) => `  ${size} ${name}`).join("\n")
          }`,
        );
      }
    }
    assertEquals(
      over,
      [],
      `Too many bytes of gzipped script:\n${over.join("\n")}`,
    );
  },
);
