import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { commit, keys } from "../../../lib/kv/mod.ts";
import {
  excerptOf,
  fold,
  highlight,
  scoreOf,
  search,
  type SearchEntry,
  searchRows,
  wordsOf,
} from "../../../lib/search/mod.ts";
import { getUser, updateProfile, userEntry } from "../../../lib/users/mod.ts";
import { createGuild, updateGuild } from "../../../lib/guilds/mod.ts";
import { REINDEX } from "../../../jobs/reindex/mod.ts";
import { openDeps } from "../../support/open_deps.ts";

Deno.test("words are compared without case and diacritics; code and unspaced scripts have words too", () => {
  assertEquals(
    fold("Łódź, ØRSTED, Straße, İstanbul"),
    "lodz, orsted, strasse, istanbul",
  );
  assertEquals(wordsOf("C++ and C#, Node.js — naïve naive"), [
    "c++",
    "and",
    "c#",
    "node",
    "js",
    "naive",
  ]);
  assertEquals(wordsOf("東京タワー tower"), [
    "東京",
    "京タ",
    "タワ",
    "ワー",
    "tower",
  ]);
  assertEquals(wordsOf("山"), ["山"]);
  assertEquals(wordsOf("  … !?"), []);
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    for (const word of wordsOf(text)) {
      assert([...word].length <= 34);
      assertEquals(fold(word), word);
    }
  }));
});

Deno.test("highlighting takes nothing away and marks whole words by their beginning", () => {
  assertEquals(highlight("Zoë builds Zoos, lazily", ["zo"]), [
    { text: "Zoë", hit: true },
    { text: " builds ", hit: false },
    { text: "Zoos", hit: true },
    { text: ", lazily", hit: false },
  ]);
  fc.assert(fc.property(
    fc.string({ unit: "grapheme" }),
    fc.array(fc.string({ minLength: 1, maxLength: 2 })),
    (text, asked) => {
      const pieces = highlight(text, asked.map(fold));
      assertEquals(pieces.map((piece) => piece.text).join(""), text);
    },
  ));
});

Deno.test("an excerpt shows where the word is", () => {
  const text = `${"Some words before it. ".repeat(20)}The lantern is here. ${
    "And some after. ".repeat(20)
  }`;
  const excerpt = excerptOf(text, ["lantern"]);
  assert(excerpt.startsWith("… ") && excerpt.endsWith(" …"));
  assert(excerpt.includes("lantern") && excerpt.length < 190);
  assertEquals(excerptOf("Short.", ["lantern"]), "Short.");
});

const word = fc.constantFrom(
  "deno",
  "design",
  "desk",
  "Zoë",
  "zoo",
  "lantern",
  "land",
  "go",
  "rust",
  "C++",
  "東京",
  "api",
);
const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(" "));
const entry = fc.record<SearchEntry>({
  kind: fc.constantFrom("user", "guild", "bounty"),
  id: fc.integer({ min: 0, max: 8 }).map((n) => `i${n}`),
  title: text,
  subtitle: word,
  keywords: fc.array(word, { maxLength: 3 }),
  text,
  link: fc.constant("/x"),
  weight: fc.constantFrom(0, 0.5, 1),
}).chain((given) =>
  fc.constantFrom(undefined, "ada", "bob").map((only) =>
    only ? { ...given, only } : given
  )
);

Deno.test("after any changes the index finds what looking at everything finds, for each reader", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(entry, fc.boolean()), { maxLength: 25 }),
      fc.array(
        fc.tuple(
          fc.array(fc.tuple(word, fc.integer({ min: 1, max: 7 })), {
            minLength: 1,
            maxLength: 3,
          }).map((parts) =>
            parts.map(([w, n]) => [...w].slice(0, n).join("")).join(" ")
          ),
          fc.constantFrom("ada", "bob", null),
        ),
        { minLength: 1, maxLength: 6 },
      ),
      async (changes, queries) => {
        using kv = await Deno.openKv(":memory:");
        const model = new Map<string, SearchEntry>();
        for (const [one, there] of changes) {
          const at = `${one.kind} ${one.id}`;
          const before = model.get(at) ?? null;
          await commit(kv, {
            mutations: before === null && !there
              ? []
              : searchRows(before, there ? one : null),
          });
          if (there) model.set(at, one);
          else model.delete(at);
        }
        for (const [q, reader] of queries) {
          const asked = wordsOf(q);
          const expected = [...model.values()].filter((one) =>
            (one.only === undefined || one.only === reader) &&
            scoreOf(one, asked) !== null
          );
          const page = await search(kv, reader, { q, limit: 100 });
          assertEquals(
            page.hits.map((hit) => `${hit.kind} ${hit.id}`).sort(),
            expected.map((one) => `${one.kind} ${one.id}`).sort(),
          );
          const scores = page.hits.map((hit) =>
            scoreOf(model.get(`${hit.kind} ${hit.id}`)!, asked)!
          );
          assertEquals(scores, scores.toSorted((a, b) => b - a));
          // Pages of two, put together, are the whole.
          const paged: string[] = [];
          let cursor: number | null = 0;
          while (cursor !== null) {
            const some = await search(kv, reader, { q, cursor, limit: 2 });
            paged.push(...some.hits.map((hit) => `${hit.kind} ${hit.id}`));
            cursor = some.cursor;
          }
          assertEquals(paged, page.hits.map((hit) => `${hit.kind} ${hit.id}`));
        }
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("people and guilds are found as soon as they change, and by what they are now", async () => {
  await using deps = await openDeps();
  const ada = await deps.addUser("ada", {
    name: "Ada Lovelace",
    skills: ["analysis"],
  });
  const titles = async (q: string) =>
    (await search(deps.kv, null, { q })).hits.map((hit) =>
      hit.title.map((piece) => piece.text).join("")
    );
  assertEquals(await titles("love"), ["Ada Lovelace"]);
  assertEquals(await titles("ANALYS"), ["Ada Lovelace"]);
  await updateProfile(deps, ada.id, {
    name: "Augusta King",
    skills: ["poetry"],
  });
  assertEquals(await titles("love"), []);
  assertEquals(await titles("king poet"), ["Augusta King"]);
  const guild = await createGuild(deps, ada, {
    name: "Engine Room",
    description: "Difference engines",
    open: true,
  });
  assertEquals(await titles("engine"), ["Engine Room"]);
  await updateGuild(deps, ada, guild.id, { name: "Boiler Room" });
  assertEquals(await titles("boil diff"), ["Boiler Room"]);
});

Deno.test("an index that is lost, or wrong, is made anew; a second run changes nothing", async () => {
  await using deps = await openDeps();
  for (let i = 0; i < 30; i++) {
    await deps.addUser(`person-${i}`, { bio: `Number ${i}` });
  }
  const { kv } = deps;
  const rows = () =>
    Array.fromAsync(
      kv.list({ prefix: ["search"] }),
      ({ key, value }) => JSON.stringify([key, value]),
    );
  const right = await rows();
  let n = 0;
  for await (const { key } of kv.list({ prefix: ["search"] })) {
    if (n++ % 3 === 0) await kv.delete(key);
  }
  await kv.set(keys.searchWord("user", "ghost", 0, "person_1"), true);
  await kv.set(
    keys.searchEntry("user", "nobody"),
    userEntry((await getUser(kv, "person_1"))!),
  );
  const { things, mended, removed } = await REINDEX.users!(kv);
  assertEquals(things, 30);
  assert(mended > 0 && removed > 0);
  assertEquals(await rows(), right);
  assertEquals(await REINDEX.users!(kv), { things: 30, mended: 0, removed: 0 });
});

Deno.test("making it anew does not undo what changes at the same time", async () => {
  await using deps = await openDeps();
  for (let i = 0; i < 40; i++) await deps.addUser(`person-${i}`);
  const { kv } = deps;
  for await (const { key } of kv.list({ prefix: ["search"] })) {
    await kv.delete(key);
  }
  const running = REINDEX.users!(kv);
  for (let i = 0; i < 40; i++) {
    await updateProfile(deps, `person_${i}`, { bio: `changed${i}` });
  }
  await running;
  await REINDEX.users!(kv);
  for (let i = 0; i < 40; i++) {
    const { hits } = await search(kv, null, { q: `changed${i}` });
    assert(hits.some((hit) => hit.id === `person_${i}`));
  }
});
