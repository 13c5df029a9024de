/** A small fault run; the large one is `deno task bench faults`. */
import { runFaults } from "../support/ledger/faults.ts";

for (const seed of [3, 8]) {
  Deno.test(`three processes on one store, killed, cut off and stalled (seed ${seed})`, async () => {
    await runFaults({ seed, sends: 400, faults: 6, stall: 3_000, pace: 50 });
  });
}
