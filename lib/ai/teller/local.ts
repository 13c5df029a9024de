import { type AnomalyKind, CRITICAL } from "../oracle/mod.ts";
import { enumerate } from "../words.ts";
import type { Findings, OracleWords } from "./types.ts";

/** Anomalies named first. */
const FIRST = 5;

const KINDS: Record<AnomalyKind, string> = {
  self_dealing_ring: "money going round",
  review_collusion: "reviews among friends",
  velocity_spike: "sudden bursts of activity",
  payment_outlier: "payments out of all proportion",
  sybil_guild: "guilds of few people with many accounts",
  dispute_abuse: "disputes raised in bad faith",
  account_takeover: "accounts in other hands",
  vote_brigading: "votes in lockstep",
};

/** A report in plain sentences. Pure. */
export function tellLocally(findings: Findings): OracleWords {
  const { health, anomalies, activities } = findings;
  const sorted = [...anomalies].sort((a, b) =>
    b.riskScore - a.riskScore || (a.id < b.id ? -1 : 1)
  );
  const critical = sorted.filter(({ riskScore }) => riskScore >= CRITICAL);
  const looked = activities === 1
    ? "One activity was looked at"
    : `${activities.toLocaleString("en")} activities were looked at`;
  const sentences = [
    `${looked}; the platform's health is ${Math.round(health.score)} of 100.`,
  ];
  if (sorted.length === 0) {
    sentences.push("Nothing out of the ordinary was found.");
  } else {
    const kinds = [...new Set(sorted.map(({ kind }) => kind))]
      .map((kind) => KINDS[kind]);
    sentences.push(
      `${count(sorted.length, "case")} found: ${enumerate(kinds)}.`,
      critical.length === 0
        ? "None of them is critical."
        : `${count(critical.length, "case")} critical; look at ${
          critical.length === 1 ? "it" : "them"
        } first.`,
    );
  }
  return {
    findings,
    summary: sentences.join(" "),
    first: sorted.slice(0, FIRST).map(({ id, reason }) => ({
      id,
      why: reason,
    })),
  };
}

const count = (n: number, what: string) =>
  n === 1 ? `One ${what} is` : `${n} ${what}s are`;
