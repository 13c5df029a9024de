/** Deadlines of bounties, and who hears of an end. */
import { assertEquals } from "@std/assert";
import {
  acceptBounty,
  cancelBounty,
  editBounty,
  getBounty,
  reviewBounty,
  submitBounty,
  sweepDeadlines,
} from "../../../lib/bounties/mod.ts";
import { GLOBAL_CHANNEL } from "../../../lib/realtime/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import { getUser } from "../../../lib/users/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";
import { stage } from "./stage.ts";
import { startJobs, SUBMISSION, titlesOf } from "./hearing.ts";

Deno.test("a bounty expires when its deadline strikes, and not when it moved or work was handed in", async () => {
  await using deps = await openDeps();
  startJobs(deps);
  const { client, worker, guild, post, accepted } = await stage(deps);
  const deadline = deps.now() + DAY;
  const untouched = await post({ deadline });
  const moved = await post({ deadline });
  const handedIn = await accepted({ deadline });
  const late = await accepted({ deadline });
  await editBounty(deps, client, moved.id, { deadline: deadline + DAY });
  await submitBounty(deps, worker, handedIn.id, SUBMISSION);
  const stateOf = async (id: string) => (await getBounty(deps.kv, id))!.state;

  deps.clock.advance(DAY - 1);
  await deps.queue.drain(5_000);
  assertEquals(await stateOf(untouched.id), "open");
  deps.clock.advance(1);
  assertEquals(
    await codeOf(() => acceptBounty(deps, worker, untouched.id, guild.id)),
    "illegal_transition",
  );
  await deps.queue.drain(5_000);
  assertEquals(
    await Promise.all(
      [untouched, moved, handedIn, late].map((b) => stateOf(b.id)),
    ),
    ["expired", "open", "submitted", "expired"],
  );
  assertEquals(
    (await deps.events(GLOBAL_CHANNEL)).filter((e) =>
      e.event === "bounty:closed"
    ).map((e) => (e.json as { bountyId: string }).bountyId),
    [untouched.id],
  );
  // Asking for changes after the deadline gives time to make them.
  const asked = await reviewBounty(deps, client, handedIn.id, {
    outcome: "changes",
    rating: null,
    note: "Again, please.",
  });
  assertEquals(asked.deadline, deps.now() + 3 * DAY);
  await deps.queue.drain(5_000);
  assertEquals(await stateOf(handedIn.id), "accepted");
  deps.clock.advance(3 * DAY);
  await deps.queue.drain(5_000);
  assertEquals(await stateOf(handedIn.id), "expired");
  assertEquals(await stateOf(moved.id), "expired");
  // Twice accepted and not done: 20 points each.
  assertEquals((await getUser(deps.kv, worker.id))!.trust, 460);
  const titles = await titlesOf(deps, client.id);
  assertEquals(titles.filter((t) => t.endsWith("has expired")).length, 4);
  assertEquals(
    (await titlesOf(deps, worker.id)).filter((t) => t.endsWith("has expired"))
      .length,
    2,
  );
});

Deno.test("a deadline whose job was lost is swept, once", async () => {
  await using deps = await openDeps();
  const { post } = await stage(deps);
  const late = await post({ deadline: deps.now() + DAY });
  await post({ deadline: deps.now() + 3 * DAY });
  await post();
  assertEquals(await sweepDeadlines(deps), 0);
  deps.clock.advance(DAY);
  assertEquals(await sweepDeadlines(deps), 1);
  assertEquals(await sweepDeadlines(deps), 0);
  assertEquals((await getBounty(deps.kv, late.id))!.state, "expired");
});

Deno.test("who works on it hears of its end", async () => {
  await using deps = await openDeps();
  startJobs(deps);
  const { client, worker, accepted } = await stage(deps);
  const { id } = await accepted();
  await cancelBounty(deps, client, id, "The project was stopped.");
  assertEquals(await titlesOf(deps, worker.id), [
    "Timetable that works offline was cancelled",
  ]);
  assertEquals(
    (await titlesOf(deps, client.id)).filter((t) => /cancel/.test(t)),
    [],
  );
  assertEquals(
    await codeOf(() => submitBounty(deps, worker, id, SUBMISSION)),
    "illegal_transition",
  );
});
