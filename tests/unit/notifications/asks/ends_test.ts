/** Each asking type, and each way in which what it asks ends: who sees it how, and who is not called any more. */
import { assert, assertEquals } from "@std/assert";
import { MINUTE } from "../../../../lib/clock.ts";
import { getDispute } from "../../../../lib/disputes/mod.ts";
import {
  getDeliveryStory,
  getNotifications,
} from "../../../../lib/notifications/mod.ts";
import { CATALOGUE } from "../../../../lib/notifications/catalogue.ts";
import { type DeliveryWorld } from "../delivery_support.ts";
import { noteOf, open, openWorld } from "./world.ts";
import { bounties } from "./bounties.ts";
import { guilds } from "./guilds.ts";
import { disputes } from "./disputes.ts";

const CASES = [...bounties, ...guilds, ...disputes];

Deno.test("every type that offers to do something, or runs out, is in the table", () => {
  const asking = Object.entries(CATALOGUE).filter((
    [, { actions, expiresAt }],
  ) => actions || expiresAt).map(([type]) => type);
  // What asks for an answer in a room is read with the room: tests/unit/messages/notified_test.ts.
  const rooms = ["message_mention", "direct_message", "room_message"];
  assertEquals(
    [...CASES.map(({ type }) => type), ...rooms].sort(),
    // Changes that are asked for are done where the bounty is.
    [...asking, "bounty_reviewed"].sort(),
  );
});

/** Ids of people, jurors by their place in the draw. */
async function resolve(deps: DeliveryWorld, who: string, it: unknown) {
  const place = /^juror (\d)$/.exec(who);
  if (!place) return who;
  return (await getDispute(deps.kv, it as string))!.jurorIds[+place[1]!]!;
}

for (const { type, ask, ends } of CASES) {
  for (
    const [end, { settle, seen, open: asked = [] }] of Object.entries(ends)
  ) {
    Deno.test(`${type}: ${end}`, async () => {
      await using deps = await open();
      const there = await openWorld(deps);
      const it = await ask(deps, there);
      await deps.run();
      const people = new Map<string, string>();
      for (const who of [...Object.keys(seen), ...asked]) {
        people.set(who, await resolve(deps, who, it));
      }
      for (const id of people.values()) {
        const { note } = await noteOf(deps, id, type);
        assertEquals([note.read, note.outcome], [false, null]);
      }
      await settle(deps, there, it);
      await deps.run();
      for (const [who, outcome] of Object.entries(seen)) {
        const id = people.get(who)!;
        const { owner, note } = await noteOf(deps, id, type);
        // The rest of what they were told meanwhile is not this one's.
        assertEquals(
          [note.outcome ?? (note.expired ? "Expired" : null), note.read],
          [outcome, true],
          who,
        );
        assertEquals(note.actions, [], who);
        const unread = await getNotifications(deps, owner, {
          filter: "unread",
        });
        assertEquals(unread.unread, unread.notifications.length, who);
        assert(!unread.notifications.some(({ id }) => id === note.id), who);
      }
      for (const who of asked) {
        const { note } = await noteOf(deps, people.get(who)!, type);
        assertEquals([note.read, note.outcome], [false, null], who);
      }
      // Five minutes after it was told, who has answered is not mailed; nobody is pushed.
      deps.clock.advance(6 * MINUTE);
      await deps.run();
      for (const who of Object.keys(seen)) {
        const id = people.get(who)!;
        const { owner, note } = await noteOf(deps, id, type);
        assertEquals(
          deps.mails.filter(({ to, subject }) =>
            to.includes(`${id}@`) && subject === note.title
          ),
          [],
          `${who} is not mailed`,
        );
        const { delivery } = await getDeliveryStory(deps, owner, note.id);
        for (const channel of ["push", "email"] as const) {
          if (delivery!.decision[channel].verdict === "never") continue;
          const said = delivery!.attempts.filter((a) => a.channel === channel);
          assertEquals(said.map((a) => a.outcome), ["skipped"], who);
          assert(
            /answered|no longer open|expired/.test(said[0]!.detail),
            said[0]!.detail,
          );
        }
      }
    });
  }
}
