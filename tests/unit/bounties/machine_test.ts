/** The machine of bounties alone: walks through its table. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { HOUR } from "../../../lib/clock.ts";
import {
  allows,
  type Bounty,
  BOUNTY_STATES,
  type BountyAction,
  type BountyState,
  type BountyVerb,
  newBounty,
  RULES,
} from "../../../lib/bounties/mod.ts";
import { transition } from "../../../lib/bounties/machine.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { WORK } from "./stage.ts";

const note = "Words.";

const ACTIONS: Record<BountyVerb, BountyAction> = {
  edit: { verb: "edit", change: { reward: 5 } },
  open: { verb: "open" },
  match: {
    verb: "match",
    matches: [{ guildId: "g", score: 1, reasons: [] }],
  },
  accept: { verb: "accept", guildId: "g", workerId: "w" },
  submit: { verb: "submit", note, url: null },
  approve: { verb: "approve", rating: 5, note },
  askChanges: { verb: "askChanges", note },
  reject: { verb: "reject", rating: 1, note },
  cancel: { verb: "cancel", note },
  expire: { verb: "expire" },
  dispute: { verb: "dispute", disputeId: "d", raiserId: "w" },
  release: { verb: "release" },
  award: { verb: "award" },
  deny: { verb: "deny" },
};

const VERBS = Object.keys(RULES) as BountyVerb[];

Deno.test("a walk through the machine keeps what must hold of every bounty", () => {
  fc.assert(fc.property(
    fc.option(fc.integer({ min: 1, max: 50 }), { nil: null }),
    fc.array(
      fc.tuple(fc.constantFrom(...VERBS), fc.integer({ min: 0, max: 4 })),
      { maxLength: 40 },
    ),
    (deadline, walk) => {
      let at = 0;
      let bounty = newBounty({
        ...WORK,
        deadline: deadline === null ? null : deadline * HOUR,
        id: "B",
        clientId: "c",
        createdAt: 0,
      });
      for (const [verb, hours] of walk) {
        at += hours * HOUR;
        const before = structuredClone(bounty);
        let after: Bounty;
        try {
          after = transition(bounty, ACTIONS[verb], at);
        } catch (error) {
          assert(error instanceof NexoraError);
          assertEquals(bounty, before, "a refusal changes nothing");
          continue;
        }
        assertEquals(bounty, before, "the machine is pure");
        assert(allows(before, verb));
        assertEquals(after.state, RULES[verb].to ?? before.state);
        assertEquals(after.revision, before.revision + 1);
        check(after, at);
        // What has ended moves no more, but by a tribunal.
        if (["completed", "cancelled", "expired"].includes(before.state)) {
          throw new Error(`${verb} moved a bounty that was ${before.state}`);
        }
        if (before.state === "rejected") {
          assertEquals(RULES[verb].by, "tribunal");
        }
        bounty = after;
      }
    },
  ));
});

function check(bounty: Bounty, at: number) {
  const { state, workerId, guildId, payout, submission, disputed } = bounty;
  const taken = ["accepted", "submitted", "completed", "rejected"];
  if (taken.includes(state)) {
    assert(workerId !== null && guildId !== null && bounty.acceptedAt !== null);
  }
  assertEquals(payout !== null, state === "completed");
  assertEquals(
    bounty.endedAt !== null,
    ["completed", "rejected", "cancelled", "expired"].includes(state),
  );
  if (state === "submitted") assert(submission !== null);
  if (disputed) assert(["accepted", "submitted", "rejected"].includes(state));
  if (state === "draft") assertEquals(bounty.openedAt, null);
  if (payout) {
    assertEquals([payout.amount, payout.payeeId, payout.guildId], [
      bounty.reward,
      workerId,
      guildId,
    ]);
  }
  assertEquals(bounty.updatedAt, at);
}

Deno.test("every state but the draft is reached by some way, and every verb moves something", () => {
  const reached = new Set<BountyState>(["draft"]);
  const used = new Set<BountyVerb>();
  let grown = true;
  while (grown) {
    grown = false;
    for (const verb of VERBS) {
      const from: readonly BountyState[] = RULES[verb].from;
      if (!from.some((state) => reached.has(state))) continue;
      used.add(verb);
      const to = RULES[verb].to;
      if (to && !reached.has(to)) grown = !!reached.add(to);
    }
  }
  assertEquals([...reached].sort(), [...BOUNTY_STATES].sort());
  assertEquals(used.size, VERBS.length);
});
