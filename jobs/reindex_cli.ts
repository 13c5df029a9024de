/**
 * Makes search indexes anew while everything goes on: `deno task reindex [subject…] [--kv PATH]`. Without a subject,
 * all of them. Messages' index is made anew each time; of the others a second run changes nothing.
 */
import { readConfig } from "../lib/config.ts";
import { openStore } from "../lib/kv/mod.ts";
import { REINDEX } from "./reindex/mod.ts";

const args = [...Deno.args];
const at = args.indexOf("--kv");
const path = at < 0
  ? readConfig(Deno.env.toObject()).kvPath
  : args.splice(at, 2)[1];
const unknown = args.filter((name) => !(name in REINDEX));
if (unknown.length > 0) {
  console.error(
    `There is no index of ${unknown.join(", ")}, only of ${
      Object.keys(REINDEX).join(", ")
    }`,
  );
  Deno.exit(2);
}
const store = await openStore(path);
try {
  for (const name of args.length > 0 ? args : Object.keys(REINDEX)) {
    const started = performance.now();
    const { things, mended, removed } = await REINDEX[name]!(
      store.kv,
      (looked) => console.log(`${name}: ${looked} …`),
    );
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    console.log(
      `${name}: ${things} looked at, ${mended} mended, ${removed} rows removed, ${seconds} s`,
    );
  }
} finally {
  store.close();
}
