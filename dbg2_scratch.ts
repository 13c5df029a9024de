// deno-lint-ignore-file
import { harbour } from "./tests/support/worlds/harbour/mod.ts";
import { Ledger } from "./lib/ai/oracle/ledger.ts";
import { Oracle } from "./lib/ai/oracle/mod.ts";
import { findTakeovers } from "./lib/ai/oracle/takeover.ts";
for (const s of [306, 310, 305]) {
  const w = harbour(s, { each: s === 305 ? 2 : 0 });
  const l = new Ledger(), o = new Oracle();
  for (const a of w.activities) {
    l.add(a);
    o.add(a);
  }
  l.close();
  const who = o.report().anomalies.find((a) =>
    a.kind === "account_takeover" &&
    !w.attacks.some((x) => x.subjects.includes(a.subjects[0]!))
  );
  console.log(s, who?.riskScore);
  (globalThis as any).DBG = who?.subjects[0];
  findTakeovers(l);
}
