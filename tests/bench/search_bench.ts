/**
 * Search among 100,000 people of whom 8,000 have each first and 10,000 each last name, on a SQLite file.
 * Run: taskset -c 0 deno run -A tests/bench/search_bench.ts [people]
 */
import { openStore } from "../../lib/kv/mod.ts";
import { search } from "../../lib/search/mod.ts";
import { fillCrowd } from "../support/crowded_index.ts";

const people = Number(Deno.args[0] ?? 100_000);
const dir = await Deno.makeTempDir();
const store = await openStore(`${dir}/search.db`);
const began = performance.now();
await fillCrowd(store.kv, people);
console.log(
  `${people} people indexed in ${
    ((performance.now() - began) / 1_000).toFixed(1)
  } s`,
);
const TIMES = 20;
const rows = [];
for (
  const [q, first] of [
    ["ana", "the one who is called Ana and nothing else"],
    ["@ada", "whose handle it is"],
    ["ada costa", "the one without anything after it"],
    ["costa ada", "the one whose name is that way round"],
    ["ada c", ""],
    ["a", ""],
    ["ada preact", "a name and a skill"],
    ["u98765", "a handle"],
  ] as const
) {
  const took: number[] = [];
  let title = "";
  for (let i = 0; i < TIMES; i++) {
    const at = performance.now();
    const { hits } = await search(store.kv, null, { q });
    took.push(performance.now() - at);
    title = `${hits[0]?.title.map(({ text }) => text).join("")} ${
      hits[0]?.subtitle
    }`;
  }
  took.sort((a, b) => a - b);
  rows.push({
    query: q,
    first: title,
    meant: first,
    "p50 ms": took[TIMES / 2]!.toFixed(1),
    "max ms": took.at(-1)!.toFixed(1),
  });
}
console.table(rows);
store.close();
await Deno.remove(dir, { recursive: true });
