/**
 * `deno task bench`: every `*_bench.ts` of this folder, one after another, each in a process of its own. Prints tables,
 * gates nothing. `deno task bench fanout publish` runs these alone.
 */
const FOLDER = new URL(".", import.meta.url);

const files = [...Deno.readDirSync(FOLDER)]
  .map(({ name }) => name)
  .filter((name) => name.endsWith("_bench.ts"))
  .filter((name) =>
    !Deno.args.length ||
    Deno.args.some((arg) => name === `${arg}_bench.ts`)
  )
  .sort();

let broken = 0;
for (const name of files) {
  console.log(`\n=== ${name}`);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", new URL(name, FOLDER).pathname],
    cwd: new URL("../../", FOLDER).pathname,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) {
    broken++;
    console.log(`--- ${name} did not run to its end`);
  }
}
if (!files.length) console.log("There is no such bench");
Deno.exit(broken || !files.length ? 1 : 0);
