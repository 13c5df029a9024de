import { assertEquals } from "@std/assert";
import { exposition, Metrics } from "../../../lib/realtime/metrics.ts";
import { sumExpositions } from "../../../lib/realtime/metrics_sum.ts";

/** Every sample with its type, as a scraper reads the text; throws at what is not format 0.0.4. */
function scrape(text: string): Map<string, { type: string; value: number }> {
  const types = new Map<string, string>();
  const found = new Map<string, { type: string; value: number }>();
  const closed = new Set<string>();
  let current = "";
  if (!text.endsWith("\n")) throw new Error("The last line has no end");
  for (const line of text.slice(0, -1).split("\n")) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line);
    if (comment) {
      const [, kind, name, rest] = comment;
      if (name !== current) {
        if (closed.has(name!)) throw new Error(`${name} comes in two places`);
        closed.add(current);
        current = name!;
      }
      if (kind === "TYPE") types.set(name!, rest!);
      continue;
    }
    const sample =
      /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (\S+)$/
        .exec(line);
    if (!sample) throw new Error(`Not a sample: ${line}`);
    const family = sample[1]!.replace(
      types.get(current) === "histogram" ? /_(bucket|sum|count)$/ : /$^/,
      "",
    );
    if (family !== current) throw new Error(`${line} is not of ${current}`);
    const name = sample[1]! + (sample[2] ?? "");
    if (found.has(name)) throw new Error(`${name} comes twice`);
    const value = Number(sample[3]);
    if (Number.isNaN(value)) throw new Error(`Not a number: ${line}`);
    found.set(name, { type: types.get(current)!, value });
  }
  return found;
}

function measured(n: number): string {
  const metrics = new Metrics();
  metrics.publishes = n;
  metrics.drop("both", n);
  metrics.drop(`only "${n}" \\ of\nthis`);
  metrics.closed(4200);
  metrics.lagSeconds.observe(0.003 * n);
  return exposition(metrics, [
    {
      name: "process_resident_memory_bytes",
      type: "gauge",
      help: "Resident memory",
      samples: [[{}, n * 1_000]],
    },
    { name: "nexora_isolates", type: "gauge", help: "-", samples: [[{}, 1]] },
  ]);
}

Deno.test("what isolates of a process measure is added up; what is the process's own is not", () => {
  assertEquals(sumExpositions([measured(1)]), measured(1));
  const sum = scrape(sumExpositions([measured(1), measured(2), measured(3)]));
  const value = (name: string) => sum.get(name)?.value;
  assertEquals(value("nexora_publishes_total"), 6);
  assertEquals(value('nexora_drops_total{reason="both"}'), 6);
  for (const n of [1, 2, 3]) {
    const label = `only \\"${n}\\" \\\\ of\\nthis`;
    assertEquals(value(`nexora_drops_total{reason="${label}"}`), 1);
  }
  assertEquals(value('nexora_closes_total{code="4200"}'), 3);
  assertEquals(value('nexora_delivery_lag_seconds_bucket{le="0.005"}'), 1);
  assertEquals(value('nexora_delivery_lag_seconds_bucket{le="+Inf"}'), 3);
  assertEquals(value("nexora_delivery_lag_seconds_count"), 3);
  assertEquals(value("nexora_isolates"), 3);
  assertEquals(value("process_resident_memory_bytes"), 3_000);
  assertEquals(sum.get("nexora_publishes_total")?.type, "counter");
  assertEquals(
    sum.get('nexora_delivery_lag_seconds_bucket{le="0.005"}')?.type,
    "histogram",
  );
});
