/** The oracle's report in words. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { tellerRefinement, tellLocally } from "../../../lib/ai/teller/mod.ts";
import type { Findings } from "../../../lib/ai/teller/mod.ts";

const health = { score: 71.4, components: {} };
const FOUND: Findings = {
  health,
  activities: 12_345,
  anomalies: [
    {
      id: "a",
      kind: "review_collusion",
      riskScore: 55,
      reason: "Three people praise each other.",
    },
    {
      id: "b",
      kind: "self_dealing_ring",
      riskScore: 93,
      reason: "Money goes round among four people.",
    },
  ],
};

Deno.test("a report is told in plain sentences, the riskiest first", () => {
  const told = tellLocally(FOUND);
  assertEquals(
    told.summary,
    "12,345 activities were looked at; the platform's health is 71 of 100. 2 cases are found: money going round and reviews among friends. One case is critical; look at it first.",
  );
  assertEquals(told.first.map(({ id }) => id), ["b", "a"]);
  assertEquals(
    tellLocally({
      health: { ...health, score: 100 },
      activities: 1,
      anomalies: [],
    })
      .summary,
    "One activity was looked at; the platform's health is 100 of 100. Nothing out of the ordinary was found.",
  );
});

Deno.test("a model sees no people, words what it was shown, and names no other case", () => {
  const local = tellLocally(FOUND);
  assert(!JSON.stringify(tellerRefinement.data(local)).includes("subjects"));
  const worded = tellerRefinement.apply(local, {
    summary: "Look at the money.",
    first: [{ id: "b", why: "Four people pay each other in turn." }],
  });
  assertEquals(worded.findings, FOUND);
  assertEquals(worded.first.length, 1);
  assertThrows(() =>
    tellerRefinement.apply(local, {
      summary: "",
      first: [{ id: "c", why: "" }],
    })
  );
});
