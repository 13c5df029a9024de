/**
 * Opens one new file after another in `DIR`, together with the other processes of its kind, writes and closes:
 *
 *     deno run -A tests/support/open_worker.ts DIR FILES
 *
 * They begin when `DIR/go` holds the time of the first file; the others follow every 100 ms.
 */
import { commit, delay, openStore, set } from "../../lib/kv/mod.ts";

const [dir, files] = Deno.args as [string, string];
console.log("ready");
let start = 0;
while (!start) {
  start = Number(await Deno.readTextFile(`${dir}/go`).catch(() => "0"));
  await delay(5);
}
for (let file = 0; file < Number(files); file++) {
  const at = start + file * 100;
  if (at - Date.now() > 5) await delay(at - Date.now() - 5);
  // To the millisecond: the race is between openings that begin together.
  while (Date.now() < at);
  const store = await openStore(`${dir}/${file}.db`);
  await commit(store.kv, { mutations: [set(["by", Deno.pid], 1)] });
  store.close();
}
console.log(`opened ${files}`);
