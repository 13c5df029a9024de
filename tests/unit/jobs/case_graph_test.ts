/** The picture of a case: who dealt with whom, and what they have in common. */
import { assertEquals } from "@std/assert";
import { caseGraph } from "../../../jobs/oracle/mod.ts";
import type { Activity } from "../../../lib/activity/mod.ts";

let n = 0;
const act = (more: Partial<Activity>): Activity => ({
  id: `a${n++}`,
  at: n,
  kind: "bounty_paid",
  actorId: "ann",
  counterpartyId: null,
  guildId: null,
  bountyId: null,
  amount: null,
  rating: null,
  outcome: null,
  device: null,
  ...more,
});

Deno.test("links count what went from one to the other", () => {
  const graph = caseGraph(["ann", "bob"], [
    act({ actorId: "ann", counterpartyId: "bob" }),
    act({ actorId: "ann", counterpartyId: "bob", kind: "bounty_reviewed" }),
    act({ actorId: "ann", counterpartyId: "bob" }),
    act({ actorId: "bob", counterpartyId: "cleo", guildId: "g" }),
  ]);
  assertEquals(graph.links, [
    { from: "ann", to: "bob", count: 3, kind: "bounty_paid" },
    { from: "bob", to: "cleo", count: 1, kind: "bounty_paid" },
  ]);
  assertEquals(
    graph.nodes.map(({ id, subject }) => [id, subject]),
    [["bob", true], ["ann", true], ["cleo", false]],
  );
});

Deno.test("people who never dealt with each other are tied by what two of them share", () => {
  const in1 = (actorId: string, device: string) =>
    act({ actorId, device, guildId: "g", kind: "user_signed_in" });
  const graph = caseGraph(["a", "b", "c"], [
    in1("a", "d1"),
    in1("b", "d1"),
    in1("c", "d2"),
    in1("outsider", "d2"),
  ]);
  assertEquals(
    graph.nodes.filter((x) => x.kind !== "person").map((x) => x.id).sort(),
    ["device:d1", "guild:g"],
  );
  assertEquals(graph.links.filter((l) => l.to === "guild:g").length, 3);
});

Deno.test("of a crowd the busiest are drawn, subjects first", () => {
  const subjects = Array.from({ length: 30 }, (_, i) => `s${i}`);
  const graph = caseGraph(
    subjects,
    subjects.flatMap((id) => [
      act({ actorId: id, counterpartyId: "star" }),
      act({ actorId: id, counterpartyId: subjects[0]! }),
    ]),
  );
  assertEquals(graph.nodes.length, 24);
  assertEquals(graph.nodes.every((x) => x.subject), true);
  assertEquals(graph.hidden, 7);
});
