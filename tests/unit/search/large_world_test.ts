/** Search in a world of 20,000 people in which thousands share every name: the top of the list is the right one. */
import { assert, assertEquals } from "@std/assert";
import { scoreOf, search, wordsOf } from "../../../lib/search/mod.ts";
import { fillCrowd, personAt, RARE } from "../../support/crowded_index.ts";
import type { SearchEntry } from "../../../lib/search/mod.ts";

const PEOPLE = 20_000;

Deno.test("among 20,000 people, who is called so is first, and the first names are the right ones", async (t) => {
  using kv = await Deno.openKv(":memory:");
  await fillCrowd(kv, PEOPLE);
  const find = async (q: string, limit = 20) =>
    (await search(kv, null, { q, kind: "user", limit })).hits.map((hit) =>
      hit.id
    );
  const phraseOf = ({ entry }: { entry: SearchEntry }) =>
    wordsOf(entry.title).join(" ");
  const id = (n: number) => `P${String(n).padStart(6, "0")}`;
  const everybody = Array.from({ length: PEOPLE }, (_, n) => personAt(n));

  await t.step("a whole name, of one word that 1,600 have", async () => {
    assertEquals((await find("ana"))[0], id(RARE.ana));
  });
  await t.step("a handle, that is also 1,600 people's first name", async () => {
    for (const q of ["ada", "@ada", "ADA"]) {
      assertEquals((await find(q))[0], id(RARE.handleAda), q);
    }
    assertEquals((await find("the-very-one"))[0], id(RARE.adaCosta));
    assertEquals((await find("@u18765"))[0], id(18_765));
  });
  await t.step(
    "two words that thousands have: the whole name, then those that go on, then those turned round",
    async () => {
      assertEquals((await find("ada costa"))[0], id(RARE.adaCosta));
      assert((await find("costa ada")).slice(0, 1).includes(id(RARE.costaAda)));
      // What stands between them does not hide somebody.
      assertEquals((await find("ada de la costa"))[0], id(RARE.adaDeLaCosta));
      assertEquals((await find("ada de la"))[0], id(RARE.adaDeLaCosta));
    },
  );
  await t.step(
    "the first twenty are those that looking at everybody gives",
    async () => {
      for (
        const q of [
          "ana",
          "ada c",
          "ada costa",
          "carla",
          "costa ada",
          "emil khan",
          "quist",
          "zora q",
          "ad",
        ]
      ) {
        const asked = wordsOf(q);
        const best = everybody.flatMap((entry) => {
          const score = scoreOf(entry, asked);
          return score === null ? [] : [{ entry, score }];
        }).sort((a, b) =>
          b.score - a.score || (phraseOf(a) < phraseOf(b)
            ? -1
            : phraseOf(a) > phraseOf(b)
            ? 1
            : 0) ||
          (a.entry.id < b.entry.id ? -1 : 1)
        ).slice(0, 20);
        const got = await find(q);
        assertEquals(got, best.map(({ entry }) => entry.id), q);
      }
    },
  );
  await t.step("a name and a skill, that thousands have each", async () => {
    const found = await search(kv, null, { q: "ada preact", kind: "user" });
    assertEquals(found.hits.length, 20);
  });
});
