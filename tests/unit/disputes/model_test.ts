/** Disputes against a model, from two isolates. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { listActivity } from "../../../lib/activity/mod.ts";
import { getBounty } from "../../../lib/bounties/mod.ts";
import {
  addEvidence,
  castVote,
  closeTribunal,
  decideDispute,
  type Dispute,
  DISPUTE_STATES,
  escalateDispute,
  hasEnded,
  RESPONSE_TIME,
  VOTING_TIME,
  withdrawDispute,
} from "../../../lib/disputes/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { getStanding, getUser, INITIAL_TRUST } from "../../../lib/users/mod.ts";
import type { TestDeps } from "../../support/open_deps.ts";
import { type Court, openCourt } from "./court.ts";

/** What the test knows of a dispute without looking at it. */
interface Model {
  state: Dispute["state"];
  round: number;
  /** Juror's number → for the raiser. */
  votes: Map<number, boolean>;
  evidence: number;
  ripe: boolean;
}

type Step =
  | { do: "evidence" | "escalate" | "withdraw" | "close" | "wait" }
  | { do: "escalateAsAdmin" }
  | { do: "vote"; juror: number; forRaiser: boolean }
  | { do: "decide"; forRaiser: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: "evidence" as const }) },
  { weight: 2, arbitrary: fc.constant({ do: "escalate" as const }) },
  { weight: 2, arbitrary: fc.constant({ do: "escalateAsAdmin" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "withdraw" as const }) },
  { weight: 3, arbitrary: fc.constant({ do: "close" as const }) },
  { weight: 3, arbitrary: fc.constant({ do: "wait" as const }) },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant("vote" as const),
      juror: fc.nat(4),
      forRaiser: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("decide" as const),
      forRaiser: fc.boolean(),
    }),
  },
);

/** The model after a step; `null`: refused, and nothing changes. `waited`: voting time is over. */
function expected(model: Model, step: Step, over: boolean): Model | null {
  const { state } = model;
  const ended = state === "resolved" || state === "withdrawn";
  switch (step.do) {
    case "wait":
      return { ...model, ripe: true };
    case "evidence":
      return ended ? null : { ...model, evidence: model.evidence + 1 };
    case "withdraw":
      return ended ? null : { ...model, state: "withdrawn" };
    case "escalate":
    case "escalateAsAdmin":
      return state === "raised" && (model.ripe || step.do !== "escalate")
        ? { ...model, state: "escalated", round: 1, votes: new Map() }
        : null;
    case "vote":
      return state === "escalated" && !over
        ? {
          ...model,
          votes: new Map([...model.votes, [step.juror, step.forRaiser]]),
        }
        : null;
    case "decide":
      return state === "mediation" ? { ...model, state: "resolved" } : null;
    case "close": {
      if (state !== "escalated") return model;
      if (!over && model.votes.size < 5) return model;
      const pro = [...model.votes.values()].filter(Boolean).length;
      const contra = model.votes.size - pro;
      if (pro + contra >= 3 && pro !== contra) {
        return { ...model, state: "resolved" };
      }
      return model.round === 1
        ? { ...model, round: 2, votes: new Map() }
        : { ...model, state: "mediation", votes: new Map() };
    }
  }
}

async function perform(
  deps: TestDeps,
  { client, admin, dispute: { id }, now }: Court,
  step: Step,
): Promise<void> {
  const { jurorIds, round, raiserId, accusedId } = await now();
  const side = (forRaiser: boolean) => forRaiser ? raiserId : accusedId;
  switch (step.do) {
    case "wait":
      deps.clock.advance(VOTING_TIME);
      return;
    case "evidence":
      await addEvidence(deps, client, id, { text: "See", links: [] });
      return;
    case "withdraw":
      await withdrawDispute(deps, client, id);
      return;
    case "escalate":
      await escalateDispute(deps, client, id);
      return;
    case "escalateAsAdmin":
      await escalateDispute(deps, admin, id);
      return;
    case "vote": {
      const juror = jurorIds[step.juror] ?? "nobody";
      const who = { id: juror, role: "member" as const };
      await castVote(deps, who, id, side(step.forRaiser));
      return;
    }
    case "decide":
      await decideDispute(deps, admin, id, {
        forId: side(step.forRaiser),
        note: "That is how I see it",
        frivolous: false,
      });
      return;
    case "close":
      await closeTribunal(deps, id, round);
  }
}

/** What must hold of the stored rows, whatever happened. */
async function assertSound({ deps, dispute: { id }, bountyId, now }: Court) {
  const dispute = await now();
  const has = async (key: Deno.KvKey) =>
    (await deps.kv.get(key)).value !== null;
  for (const state of DISPUTE_STATES) {
    assertEquals(
      await has(keys.disputeInState(state, id)),
      state === dispute.state,
      state,
    );
  }
  const due = await Array.fromAsync(
    deps.kv.list({ prefix: keys.disputesDue() }),
  );
  assertEquals(due.length, dispute.state === "escalated" ? 1 : 0);
  const inside = await Array.fromAsync(
    deps.kv.list({ prefix: ["disputeParties"] }),
    ({ key }) => key[2] as string,
  );
  assertEquals(
    inside.sort(),
    ["carl", "wanda", ...dispute.jurorIds].sort(),
    "only those concerned get in",
  );
  const bounty = (await getBounty(deps.kv, bountyId))!;
  assertEquals(bounty.disputed, !hasEnded(dispute));
  assertEquals(
    bounty.state,
    dispute.state !== "resolved"
      ? "accepted"
      : dispute.verdict!.forId === "carl"
      ? "rejected"
      : "completed",
  );
}

Deno.test("a dispute agrees with its model whatever is done to it at two isolates", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.boolean()), { minLength: 4, maxLength: 30 }),
      async (steps) => {
        await using court = await openCourt({ crowd: 16, jobs: false });
        const { deps, client } = court;
        await using other = await deps.fork();
        let model: Model = {
          state: "raised",
          round: 0,
          votes: new Map(),
          evidence: 0,
          ripe: false,
        };
        for (const [step, here] of steps) {
          const before = await court.now();
          const over = before.deadline !== null &&
            before.deadline <= deps.now();
          const after = expected(model, step, over);
          const refused = await perform(here ? deps : other, court, step)
            .then(() => false, (error) => {
              assert(error instanceof NexoraError, String(error));
              return true;
            });
          assertEquals(refused, after === null, JSON.stringify(step));
          model = after ?? model;
          const dispute = await court.now();
          assertEquals(
            [dispute.state, dispute.evidence, dispute.round],
            [model.state, model.evidence, model.round],
          );
          if (dispute.state === "escalated") {
            assertEquals(dispute.voted, model.votes.size);
          }
          if (refused) assertEquals(dispute, before);
          await assertSound(court);
        }
        assert(client);
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("votes, the deadline, a withdrawal and two escalations at once: one end, nothing twice", async () => {
  for (let round = 0; round < 6; round++) {
    await using court = await openCourt({ crowd: 16 });
    const { deps, client, worker, admin, dispute } = court;
    await using other = await deps.fork();
    await deps.queue.drain(5_000);
    deps.clock.advance(RESPONSE_TIME);
    const called = await Promise.all(
      [client, worker, admin, client].map((who, i) =>
        escalateDispute(i % 2 ? deps : other, who, dispute.id)
          .then(() => true, () => false)
      ),
    );
    assertEquals(called.filter(Boolean).length, 1);
    const { jurorIds } = await court.now();
    const cast = await Promise.all(
      jurorIds.flatMap((id, i) =>
        [deps, other].map((at, n) =>
          castVote(
            at,
            { id, role: "member" },
            dispute.id,
            (i + n + round) % 3 ? "carl" : "wanda",
          ).then(() => id, () => null)
        )
      ).concat([
        closeTribunal(other, dispute.id, 1).then(() => null),
        closeTribunal(deps, dispute.id, 1).then(() => null),
        round % 3 === 0
          ? withdrawDispute(other, client, dispute.id).then(
            () => null,
            () => null,
          )
          : Promise.resolve(null),
      ]),
    );
    // Days that pass within a commit look to the log like a store that does not answer.
    await deps.queue.drain(5_000);
    deps.clock.advance(VOTING_TIME);
    await Promise.all(
      [deps, other].map((at) => closeTribunal(at, dispute.id, 1)),
    );
    await deps.queue.drain(5_000);
    await assertSound(court);
    const after = await court.now();
    const ends = (await deps.events(`dispute-${dispute.id}`))
      .filter((e) => e.event === "dispute:resolved");
    assertEquals(ends.length, hasEnded(after) ? 1 : 0);
    const voters = new Set(cast.filter((id) => id !== null));
    const votes = (await Array.fromAsync(
      listActivity(deps.kv, 0, deps.now() + 1),
    )).filter((a) => a.kind === "tribunal_vote");
    assertEquals(
      votes.map((a) => a.actorId).sort(),
      [...voters].sort(),
      "one activity a voter",
    );
    if (after.state !== "resolved") continue;
    assertEquals(
      Object.values(after.verdict!.votes).reduce((a, b) => a + b),
      voters.size,
    );
    for (const id of voters) {
      assertEquals((await getUser(deps.kv, id))!.trust, INITIAL_TRUST + 3);
      assertEquals((await getStanding(deps.kv, id)).votes, 1);
    }
  }
});
