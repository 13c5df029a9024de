/**
 * `deno task seed --users 200 --guilds 12 --days 60 --seed 7 [--kv PATH]`: fills a store with a believable world. The
 * same numbers give the same world, a second run changes nothing, and a run that was stopped is gone on with.
 */
import { parseArgs } from "node:util";
import { readConfig } from "../lib/config.ts";
import {
  type CrowdProgress,
  type CrowdResult,
  seedCrowd,
} from "../lib/demo/mod.ts";
import { NexoraError } from "../lib/errors.ts";
import { openStore } from "../lib/kv/mod.ts";

const USAGE =
  `deno task seed [--users 200] [--guilds 12] [--days 60] [--seed 7] [--kv PATH]

  --users   people, 1 to 1,000,000
  --guilds  guilds, at most a quarter as many as people
  --days    days that are told before today, 2 to 365
  --seed    another number, another world
  --kv      SQLite file or KV Connect URL; default: KV_PATH, or .data/nexora.db`;

/** What it is called with. @throws {Error} in words */
export function readArguments(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: "string", default: "200" },
      guilds: { type: "string", default: "12" },
      days: { type: "string", default: "60" },
      seed: { type: "string", default: "7" },
      kv: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const whole = (
    name: "users" | "guilds" | "days" | "seed",
    least: number,
    most: number,
  ) => {
    const n = Number(values[name]);
    if (Number.isInteger(n) && n >= least && n <= most) return n;
    throw new Error(`--${name} takes a whole number from ${least} to ${most}`);
  };
  const users = whole("users", 1, 1_000_000);
  return {
    help: values.help,
    kv: values.kv,
    users,
    guilds: whole("guilds", 1, Math.max(1, Math.floor(users / 4))),
    days: whole("days", 2, 365),
    seed: whole("seed", 0, 2 ** 31 - 1),
  };
}

async function main(): Promise<number> {
  let given;
  try {
    given = readArguments(Deno.args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n`);
    console.error(USAGE);
    return 1;
  }
  const { help, kv: path, ...size } = given;
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const store = await openStore(
    path ?? readConfig(Deno.env.toObject()).kvPath,
  );
  // Between two commits: what is written is whole, and the next run goes on from there.
  const stop = new AbortController();
  const interrupt = () =>
    stop.abort(new Error("Stopped; run it again to go on"));
  Deno.addSignalListener("SIGINT", interrupt);
  const bar = new Bar();
  try {
    const result = await seedCrowd({ kv: store.kv, now: Date.now }, {
      ...size,
      signal: stop.signal,
      onProgress: (progress, rows) => bar.show(progress, rows),
    });
    bar.end(summary(result, bar.seconds));
    return 0;
  } catch (error) {
    if (error instanceof NexoraError || stop.signal.aborted) {
      bar.end((error as Error).message);
      return 1;
    }
    throw error;
  } finally {
    Deno.removeSignalListener("SIGINT", interrupt);
    store.close();
  }
}

function summary(
  { plan, rows, resumedAt, wasThere }: CrowdResult,
  seconds: number,
): string {
  const size = `${number(plan.users)} people in ${
    number(plan.guilds)
  } guilds, ${plan.days} days, seed ${plan.seed}`;
  if (wasThere) return `That world is there already: ${size}. Nothing changed.`;
  const rss = Math.round(Deno.memoryUsage().rss / 2 ** 20);
  return `${resumedAt > 0 ? "Went on with" : "Wrote"} ${size}: ${
    number(rows)
  } rows in ${seconds.toFixed(1)} s, ${rss} MB of memory.`;
}

const number = (n: number) => n.toLocaleString("en");

/** A line that is written over on a terminal; elsewhere one every few seconds. */
class Bar {
  readonly #began = performance.now();
  readonly #terminal = Deno.stderr.isTerminal();
  #shown = 0;

  get seconds(): number {
    return (performance.now() - this.#began) / 1_000;
  }

  show({ stage, done, total }: CrowdProgress, rows: number): void {
    const now = performance.now();
    if (now - this.#shown < (this.#terminal ? 100 : 5_000)) return;
    this.#shown = now;
    const part = Math.min(1, done / total);
    const left = part > 0.02 ? this.seconds / part - this.seconds : NaN;
    const line = [
      `${"█".repeat(Math.round(part * 24)).padEnd(24, "░")}`,
      `${Math.floor(part * 100)} %`.padStart(5),
      stage.padEnd(6),
      `${number(rows)} rows`,
      Number.isNaN(left) ? "" : `${Math.ceil(left)} s left`,
    ].join("  ");
    this.#write(this.#terminal ? `\r\x1b[2K${line}` : `${line}\n`);
  }

  end(line: string): void {
    this.#write(`${this.#terminal ? "\r\x1b[2K" : ""}${line}\n`);
  }

  #write(text: string): void {
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  }
}

if (import.meta.main) Deno.exit(await main());
