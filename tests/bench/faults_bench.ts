/**
 * The large fault run: three processes on one store, processes and store killed, listeners stalled for 30 s. It throws
 * when a listener does not hold exactly what was acknowledged. `BENCH_SEED` chooses another run.
 */
import { runFaults } from "../support/ledger/faults.ts";
import { fixed, printTable } from "./load/table.ts";

if (import.meta.main) {
  const seed = Number(Deno.env.get("BENCH_SEED") ?? 3);
  const report = await runFaults({
    seed,
    sends: 500,
    faults: 8,
    stall: 30_000,
    // A stalled listener may miss 30 s of it and has to find everything within the 1,000 events that are kept.
    pace: 12,
    log: console.log,
  });
  printTable(
    "Three processes on one store, under faults",
    ["seed", "acknowledged", "lost", "doubled", "faults", "seconds"],
    [[
      seed,
      report.acknowledged,
      0,
      0,
      report.faults.length,
      fixed(report.took, 0),
    ]],
  );
}
