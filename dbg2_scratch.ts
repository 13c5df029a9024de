import { harbour } from "./tests/support/worlds/harbour/mod.ts";
import { Oracle } from "./lib/ai/oracle/mod.ts";
import { matches } from "./tests/support/worlds/score.ts";
const n: Record<string, number[]> = {};
for (let s = 1; s < 25; s++) {
  const w = harbour(s, { each: 2 }); const l = new Oracle(); for (const a of w.activities) l.add(a);
  for (const a of l.report().anomalies) if (!w.attacks.some((x) => matches(a, x))) { const t = n[a.kind] ??= [0, 0, 0]; t[0]++; t[1] += a.subjects.length; if (a.subjects.length > 5 || a.kind === "velocity_spike") console.log(s, a.kind, a.riskScore, a.subjects.length, a.reason.slice(0, 170)); }
}
console.log(n);
