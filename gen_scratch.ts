import { harbour } from "./tests/support/worlds/harbour/mod.ts";
const w = harbour(7, { users: 10_000, each: 3 });
const lines = w.activities.slice(-1_000_000);
console.error(w.activities.length, lines.length);
const f = await Deno.open("/tmp/w/notes/o/big.jsonl", {
  write: true,
  create: true,
  truncate: true,
});
const e = new TextEncoder();
for (let i = 0; i < lines.length; i += 10_000) {
  await f.write(e.encode(
    lines.slice(i, i + 10_000).map((a) => JSON.stringify(a) + "\n").join(""),
  ));
}
f.close();
