/**
 * Whether the export of a room (JSON) is whole, in order and as it was said: `deno task verify-export FILE [--head
 * HASH]`. With `--head` it also has to end where somebody noted that it did. Ends with 1 when it is not.
 */
import { verifyExport } from "../lib/messages/export/verify.ts";

const args = [...Deno.args];
const at = args.indexOf("--head");
const head = at < 0 ? undefined : args.splice(at, 2)[1];
const [file, ...more] = args;
if (!file || more.length > 0) {
  console.error("deno task verify-export FILE [--head HASH]");
  Deno.exit(2);
}
let value: unknown;
try {
  value = JSON.parse(await Deno.readTextFile(file));
} catch (error) {
  console.error(
    `${file} cannot be read as JSON: ${
      error instanceof Error ? error.message : error
    }`,
  );
  Deno.exit(2);
}
try {
  const { intact, entries, hash, withheld, problems } = verifyExport(
    value,
    head,
  );
  for (const { n, what } of problems) console.log(`Entry ${n}: ${what}`);
  console.log(
    `${
      intact ? "Intact" : "NOT intact"
    }: ${entries} entries, of ${withheld} the words were deleted`,
  );
  console.log(`Head ${hash}`);
  if (!intact) Deno.exit(1);
} catch {
  console.error(`${file} is not the export of a room`);
  Deno.exit(2);
}
