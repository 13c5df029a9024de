/**
 * `deno task test`: everything that has to hold, one section after another, however the ones before ended. The last
 * line is `N passed, N failed`; the exit code is not 0 if anything failed. `deno task test unit browser` runs these
 * suites alone.
 */
import { countTests, type Outcome, total } from "./support/outcome.ts";

interface Section {
  name: string;
  args: string[];
  env?: Record<string, string>;
  /** Minutes after which it hangs. */
  minutes: number;
}

const ROOT = new URL("../", import.meta.url).pathname;
const TEST = ["test", "-A", "--no-check"];

const CHECKS: Section[] = [
  { name: "format", args: ["fmt", "--check"], minutes: 2 },
  { name: "lint", args: ["lint"], minutes: 2 },
  { name: "types", args: ["check", "."], minutes: 5 },
];
/** The suites meet the app that users get: its production build, made once. */
const BUILD: Section = { name: "build", args: ["task", "build"], minutes: 5 };
const env = { NEXORA_TEST_SERVER: `${ROOT}_fresh/server.js` };
const SUITES: Section[] = [
  { name: "unit", args: [...TEST, "tests/unit"], minutes: 20 },
  {
    name: "integration",
    args: [...TEST, "tests/integration"],
    env,
    minutes: 20,
  },
  { name: "browser", args: [...TEST, "tests/browser"], env, minutes: 25 },
];

/** Runs one section, showing what it prints as it comes. */
async function run(section: Section): Promise<Outcome> {
  const { name, args, minutes } = section;
  console.log(`\n=== ${name}: deno ${args.join(" ")}\n`);
  const started = performance.now();
  const process = new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1", ...section.env },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let hangs = false;
  const timer = setTimeout(() => {
    hangs = true;
    process.kill("SIGKILL");
  }, minutes * 60_000);
  let printed = "";
  const text = new TextDecoder();
  for await (const chunk of process.stdout) {
    await write(chunk);
    printed += text.decode(chunk, { stream: true });
  }
  const { success } = await process.status;
  clearTimeout(timer);
  const seconds = Math.round((performance.now() - started) / 1000);
  const end = hangs ? `hung for ${minutes} minutes` : success ? "ok" : "FAILED";
  console.log(`\n--- ${name}: ${end} (${seconds} s)`);
  return args[0] === "test"
    ? countTests(printed, success)
    : { passed: 0, failed: success ? 0 : 1 };
}

async function write(chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) {
    at += await Deno.stdout.write(chunk.subarray(at));
  }
}

const suites = SUITES.filter(({ name }) =>
  !Deno.args.length || Deno.args.includes(name)
);
const sections = [...(Deno.args.length ? [] : CHECKS), BUILD, ...suites];
const outcomes: Outcome[] = [];
for (const section of sections) outcomes.push(await run(section));
const { passed, failed } = total(outcomes);
const broken = sections.filter((_, i) => outcomes[i]!.failed > 0);
if (broken.length) {
  console.log(`\nNot well: ${broken.map(({ name }) => name).join(", ")}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
Deno.exit(failed ? 1 : 0);
