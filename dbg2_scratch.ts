// deno-lint-ignore-file
import { harbour } from "./tests/support/worlds/harbour/mod.ts";
import { drawPlan } from "./tests/support/worlds/harbour/plan.ts";
import { Ledger } from "./lib/ai/oracle/ledger.ts";
import { findVoteBrigades } from "./lib/ai/oracle/votes.ts";
for (const [s, c] of [[16, .25], [21, .25], [57, .25], [1, .5], [34, 0], [37, 0], [6, 0]] as const) {
  const w = harbour(s, { each: 2, camouflage: c }); const l = new Ledger(); for (const a of w.activities) l.add(a);
  l.close();
  const p = drawPlan(s);
  console.log("==", s, c, "vh", p.voteHours, p.panel.join(), p.bench, "disputes", p.disputes.toFixed(3), "users", p.users);
  for (const x of w.attacks.filter((x) => x.kind === "vote_brigading")) {
    const ev = new Set(x.evidence);
    const acts = w.activities.filter((a) => ev.has(a.id));
    const by = Map.groupBy(acts, (a) => a.bountyId!);
    console.log(" gang", x.subjects.length, [...by.values()].map((v) => `${v.length} in ${((+new Date(v.at(-1)!.at) - +new Date(v[0]!.at)) / 6e4).toFixed(0)}min`).join("; "));
    const all = new Map<string, string[]>();
    for (const a of w.activities) if (a.kind === "tribunal_vote" && by.has(a.bountyId!) && a.counterpartyId === acts[0]!.counterpartyId) { const k = a.bountyId!; if (!all.has(k)) all.set(k, []); if (!all.get(k)!.includes(a.actorId)) all.get(k)!.push(a.actorId); }
    (globalThis as any).DBG = new Set([...all.values()].map((v) => v.join()));
    findVoteBrigades(l);
  }
}
