/**
 * `deno task oracle --activity FILE.jsonl --out REPORT.json`: the oracle over a file, see docs/oracle.md.
 * Exit code 0: the report is written; 2: the arguments or a line of the file are wrong; 1: anything else.
 */
import { parseArgs } from "node:util";
import {
  CRITICAL,
  detectAnomalies,
  MalformedLine,
  type OracleReport,
  readActivityBatches,
} from "../lib/ai/oracle/mod.ts";

const USAGE =
  `Usage: deno task oracle --activity FILE.jsonl [--out REPORT.json] [--days 7] [--skip-malformed]

  --activity FILE     activities, one JSON object a line, in order of time; - reads standard input
  --out FILE          where the report goes; without it, to standard output
  --days N            length of the window up to the newest activity (default 7)
  --skip-malformed    pass over lines that are no activities and count them, instead of stopping at the first`;

interface Options {
  activity: string;
  out: string | undefined;
  days: number;
  skip: boolean;
}

class UsageError extends Error {}

function readOptions(args: string[]): Options | "help" {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        activity: { type: "string" },
        out: { type: "string" },
        days: { type: "string", default: "7" },
        "skip-malformed": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (values.help) return "help";
  if (!values.activity) throw new UsageError("--activity is missing");
  const days = Number(values.days);
  if (!(days > 0 && days <= 366)) {
    throw new UsageError("--days takes a number from 0 to 366");
  }
  return {
    activity: values.activity,
    out: values.out,
    days,
    skip: values["skip-malformed"],
  };
}

/** Writes beside the file and renames, so that nobody ever reads half a report. */
async function write(path: string, report: OracleReport): Promise<void> {
  const draft = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    await Deno.writeTextFile(draft, JSON.stringify(report, null, 2) + "\n");
    await Deno.rename(draft, path);
  } catch (error) {
    await Deno.remove(draft).catch(() => {});
    throw error;
  }
}

async function run(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options === "help") {
    console.log(USAGE);
    return 0;
  }
  const source = options.activity === "-"
    ? Deno.stdin.readable
    : (await Deno.open(options.activity)).readable;
  let read = 0, skipped = 0;
  const activities = readActivityBatches(
    source,
    options.skip ? () => skipped++ : undefined,
  );
  const counted = async function* () {
    for await (const some of activities) {
      read += some.length;
      yield some;
    }
  };
  const report = await detectAnomalies(counted(), { days: options.days });
  if (options.out === undefined) console.log(JSON.stringify(report, null, 2));
  else await write(options.out, report);
  const critical = report.anomalies.filter((a) => a.riskScore >= CRITICAL);
  console.error(
    `${read} activities read${
      skipped > 0 ? `, ${skipped} malformed lines skipped` : ""
    }; ${report.anomalies.length} anomalies, ${critical.length} critical; health ${report.health.score}`,
  );
  return 0;
}

if (import.meta.main) {
  try {
    Deno.exitCode = await run(Deno.args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
    } else console.error(error instanceof Error ? error.message : error);
    Deno.exitCode =
      error instanceof UsageError || error instanceof MalformedLine ? 2 : 1;
  }
}
