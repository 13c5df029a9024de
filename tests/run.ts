/**
 * `deno task test`: everything that has to hold, each section however the others ended. The last
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
/** These two at once: a machine has two cores, and a browser mostly waits. */
const LANES: Section[][] = [
  [{ name: "browser", args: [...TEST, "tests/browser"], env, minutes: 25 }],
  [
    { name: "unit", args: [...TEST, "tests/unit"], minutes: 15 },
    {
      name: "integration",
      args: [...TEST, "tests/integration"],
      env,
      minutes: 20,
    },
  ],
];

/** Runs one section, showing line by line what it prints as it comes, with its name before. */
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
    stderr: "piped",
  }).spawn();
  let hangs = false;
  const timer = setTimeout(() => {
    hangs = true;
    process.kill("SIGKILL");
  }, minutes * 60_000);
  const [printed] = await Promise.all([
    show(name, process.stdout),
    show(name, process.stderr),
  ]);
  const { success } = await process.status;
  clearTimeout(timer);
  const seconds = Math.round((performance.now() - started) / 1000);
  const end = hangs ? `hung for ${minutes} minutes` : success ? "ok" : "FAILED";
  console.log(`\n--- ${name}: ${end} (${seconds} s)\n`);
  return args[0] === "test"
    ? countTests(printed, success)
    : { passed: 0, failed: success ? 0 : 1 };
}

/** Prints each line of a section, and answers all of them. */
async function show(
  name: string,
  output: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  const lines = output.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  let printed = "";
  for await (const line of lines) {
    console.log(`${name.padEnd(11)} | ${line}`);
    printed += `${line}\n`;
  }
  return printed;
}

/** Splits text at the ends of its lines. */
class TextLineStream extends TransformStream<string, string> {
  constructor() {
    let rest = "";
    super({
      transform(text, out) {
        const lines = (rest + text).split("\n");
        rest = lines.pop()!;
        for (const line of lines) out.enqueue(line);
      },
      flush(out) {
        if (rest) out.enqueue(rest);
      },
    });
  }
}

const lanes = LANES.map((lane) =>
  lane.filter(({ name }) => !Deno.args.length || Deno.args.includes(name))
);
const outcomes = new Map<Section, Outcome>();
async function inTurn(sections: Section[]): Promise<void> {
  for (const section of sections) outcomes.set(section, await run(section));
}
await inTurn([...(Deno.args.length ? [] : CHECKS), BUILD]);
await Promise.all(lanes.map(inTurn));
const { passed, failed } = total([...outcomes.values()]);
const broken = [...outcomes].filter(([, { failed }]) => failed > 0);
if (broken.length) {
  console.log(`\nNot well: ${broken.map(([{ name }]) => name).join(", ")}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
Deno.exit(failed ? 1 : 0);
