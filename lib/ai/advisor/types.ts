import type { Rank, Step, TrustReason } from "../../users/mod.ts";

/** What an insight is about; its group is where a page shows it. */
export type Subject =
  /** Somebody waits for this person. */
  | { kind: "review"; title: string; at: number }
  | { kind: "changes"; title: string; at: number }
  | { kind: "deadline"; title: string; deadline: number }
  | { kind: "vote"; title: string; deadline: number }
  | { kind: "invitation"; guild: string; at: number }
  | { kind: "application"; guild: string; count: number; at: number }
  | { kind: "reply"; name: string; at: number }
  /** How they stand. */
  | { kind: "trust"; delta: number; days: number; reason: TrustReason }
  | { kind: "rank"; next: Rank; what: Step["what"]; has: number; asked: number }
  /** What they could do. */
  | { kind: "bounty"; title: string; reward: number; skills: string[] }
  | { kind: "proposed"; guild: string; count: number }
  | { kind: "demand"; skill: string; open: number; rising: boolean }
  | { kind: "learn"; skill: string; near: string; now: number; before: number }
  /** First steps. */
  | { kind: "skills" }
  | { kind: "guild" }
  | { kind: "bio" };

export type InsightKind = Subject["kind"];
export type InsightGroup = "waiting" | "standing" | "chances" | "start";

export const GROUPS: Record<InsightGroup, readonly InsightKind[]> = {
  waiting: [
    "review",
    "changes",
    "deadline",
    "vote",
    "invitation",
    "application",
    "reply",
  ],
  chances: ["bounty", "proposed", "demand", "learn"],
  standing: ["trust", "rank"],
  start: ["skills", "guild", "bio"],
};

/** One piece of advice. */
export type Insight = Subject & {
  /** Unique in its advice: kind and what it is about. */
  id: string;
  /** Path of the page where one can do something about it. */
  href: string;
  /** 0–1; the higher the sooner. */
  weight: number;
  /** A sentence by a language model, where one answered. */
  note: string | null;
};

/** A skill of somebody's and what is asked for at the moment. */
export interface SkillDemand {
  skill: string;
  /** Opened in the last two weeks, and in the two before. */
  now: number;
  before: number;
}

/** What somebody is told about themselves. */
export interface Advice {
  userId: string;
  /** What of the person it rests on; when that is another, it is out of date whatever its age. */
  basis: string;
  /** The most pressing first; at most 12. */
  insights: Insight[];
  trust: { now: number; history: { at: number; trust: number }[] };
  rank: { now: string; next: Rank | null; steps: Step[] };
  /** Their own skills, the most wanted first; at most 8. */
  demand: SkillDemand[];
  /** One or two sentences by a language model, where one answered. */
  summary: string | null;
}
