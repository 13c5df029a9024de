import type { Anomaly } from "../../lib/ai/oracle/mod.ts";
import { type Case, CASE_OPEN_FOR } from "./types.ts";

const EVIDENCE = 200;
const TIMELINE = 60;

function shared(a: readonly string[], b: readonly string[]): number {
  const set = new Set(b);
  return a.filter((id) => set.has(id)).length;
}

/**
 * How well an anomaly fits a case, 0 for not at all. A ring gains and loses people from day to day, so half of the
 * smaller side is enough. A dismissed case is stricter: most of the anomaly's people must be those that were looked
 * at, or else a few innocents would hide whoever joins them.
 */
export function likeness(anomaly: Anomaly, known: Case, at: number): number {
  if (anomaly.kind !== known.kind) return 0;
  if (at - known.seenAt > CASE_OPEN_FOR) return 0;
  const both = shared(anomaly.subjects, known.subjects);
  if (both === 0) return 0;
  if (known.state === "dismissed") {
    const share = both / anomaly.subjects.length;
    return share > 0.5 ? share : 0;
  }
  const share = both /
    Math.min(anomaly.subjects.length, known.subjects.length);
  return share >= 0.5 ? share : 0;
}

/** The case that an anomaly belongs to, the likest first. */
export function caseOf(
  anomaly: Anomaly,
  cases: readonly Case[],
  at: number,
): Case | undefined {
  let best: Case | undefined;
  let most = 0;
  for (const known of cases) {
    const like = likeness(anomaly, known, at);
    if (like > most) [best, most] = [known, like];
  }
  return best;
}

function instant(value: number | string): number {
  return new Date(value).getTime();
}

/** A case as first seen. */
export function newCase(
  anomaly: Anomaly,
  seen: { id: string; at: number; runId: string },
): Case {
  return {
    id: seen.id,
    kind: anomaly.kind,
    state: "open",
    subjects: anomaly.subjects,
    riskScore: anomaly.riskScore,
    peak: anomaly.riskScore,
    reason: anomaly.reason,
    evidence: anomaly.evidence.slice(-EVIDENCE),
    firstSeen: instant(anomaly.firstSeen),
    lastSeen: instant(anomaly.lastSeen),
    openedAt: seen.at,
    seenAt: seen.at,
    timeline: [sighting(anomaly, seen)],
    notes: [],
  };
}

/** A case after another sighting. The people of a dismissed case stay those that were looked at. */
export function seenAgain(
  known: Case,
  anomaly: Anomaly,
  seen: { at: number; runId: string },
): Case {
  return {
    ...known,
    subjects: known.state === "dismissed"
      ? known.subjects
      : [...new Set([...known.subjects, ...anomaly.subjects])].sort(),
    riskScore: anomaly.riskScore,
    peak: Math.max(known.peak, anomaly.riskScore),
    reason: anomaly.reason,
    evidence: [...new Set([...known.evidence, ...anomaly.evidence])]
      .slice(-EVIDENCE),
    firstSeen: Math.min(known.firstSeen, instant(anomaly.firstSeen)),
    lastSeen: Math.max(known.lastSeen, instant(anomaly.lastSeen)),
    seenAt: seen.at,
    timeline: [...known.timeline, sighting(anomaly, seen)].slice(-TIMELINE),
  };
}

function sighting(
  anomaly: Anomaly,
  { at, runId }: { at: number; runId: string },
) {
  return {
    at,
    runId,
    riskScore: anomaly.riskScore,
    subjects: anomaly.subjects.length,
    evidence: anomaly.evidence.length,
  };
}
