/** Applications and invitations from several isolates at once. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DAY } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  acceptApplication,
  acceptInvitation,
  applyToGuild,
  createGuild,
  declineInvitation,
  getGuild,
  getMembership,
  inviteToGuild,
  listApplications,
  listInvitations,
  listInvitationsOf,
  rejectApplication,
  removeMember,
  revokeInvitation,
  withdrawApplication,
} from "../../../lib/guilds/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { closedGuild } from "./closed_guild.ts";

type Door = "application" | "invitation";

interface Model {
  member: boolean;
  open: Door | null;
}

/** What each action may do to a person at the door of a closed guild; `null`: it is refused and changes nothing. */
const RULES: Record<string, (model: Model) => Model | null> = {
  apply: (m) => m.member || m.open ? null : { ...m, open: "application" },
  withdraw: (m) => m.open === "application" ? { ...m, open: null } : null,
  reject: (m) => m.open === "application" ? { ...m, open: null } : null,
  admit: (m) => m.open === "application" ? { member: true, open: null } : null,
  invite: (m) => m.member || m.open ? null : { ...m, open: "invitation" },
  decline: (m) => m.open === "invitation" ? { ...m, open: null } : null,
  revoke: (m) => m.open === "invitation" ? { ...m, open: null } : null,
  accept: (m) =>
    m.open === "invitation"
      ? { member: true, open: null }
      : m.member
      ? m
      : null,
  remove: (m) => m.member ? { member: false, open: m.open } : m,
};

Deno.test("whatever people do at two isolates, a guild agrees with its model", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          action: fc.constantFrom(...Object.keys(RULES)),
          where: fc.boolean(),
        }),
        { maxLength: 24 },
      ),
      async (steps) => {
        await using first = await openDeps();
        await using second = await first.fork();
        const owner = await first.addUser("ada");
        const bob = await first.addUser("bob");
        const { id } = await createGuild(first, owner, {
          name: "Lantern",
          description: "",
          skills: undefined,
          open: false,
        });
        let model: Model = { member: false, open: null };
        let barred = false;
        for (const { action, where } of steps) {
          const deps = where ? first : second;
          // Past every time for which somebody is left in peace.
          first.clock.advance(40 * DAY);
          if (model.open === "invitation") {
            // But not past the life of the invitation: it is sent anew.
            await inviteToGuild(deps, owner, id, bob, "");
          }
          const work: Record<string, () => Promise<unknown>> = {
            apply: () => applyToGuild(deps, id, bob, ""),
            withdraw: () => withdrawApplication(deps, id, "bob"),
            reject: () => rejectApplication(deps, owner, id, "bob", ""),
            admit: () => acceptApplication(deps, owner, id, "bob"),
            invite: () => inviteToGuild(deps, owner, id, bob, ""),
            decline: () => declineInvitation(deps, id, "bob"),
            revoke: () => revokeInvitation(deps, owner, id, "bob"),
            accept: () => acceptInvitation(deps, id, bob),
            remove: () => removeMember(deps, owner, id, "bob"),
          };
          const expected = RULES[action]!(model);
          const refused = await work[action]!().then(() => false, (error) => {
            assert(error instanceof NexoraError, String(error));
            return true;
          });
          assertEquals(refused, expected === null, `${action} ${barred}`);
          model = expected ?? model;
          barred = action === "remove";
          const guild = (await getGuild(deps.kv, id))!;
          assertEquals(guild.memberCount, model.member ? 2 : 1);
          assertEquals(
            guild.applications ?? 0,
            model.open === "application" ? 1 : 0,
          );
          assertEquals(
            [
              (await listApplications(deps, id)).length,
              (await listInvitations(deps, id)).length,
              (await listInvitationsOf(deps, "bob")).length,
            ],
            [
              Number(model.open === "application"),
              Number(model.open === "invitation"),
              Number(model.open === "invitation"),
            ],
          );
          assertEquals(
            await getMembership(deps.kv, id, "bob") !== null,
            model.member,
          );
        }
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("an application answered by several officers at once has one answer", async () => {
  await using first = await openDeps();
  await using second = await first.fork();
  const { owner, id } = await closedGuild(first);
  const people = await Promise.all(
    Array.from({ length: 12 }, (_, i) => first.addUser(`user-${i}`)),
  );
  await Promise.all(people.map((one) => applyToGuild(first, id, one, "")));
  const answers = await Promise.all(people.flatMap(({ id: userId }) =>
    [
      acceptApplication(first, owner, id, userId),
      rejectApplication(second, owner, id, userId, ""),
      withdrawApplication(second, id, userId),
    ].map((work) => work.then(() => userId, () => null))
  ));
  assertEquals(
    answers.filter((one) => one !== null).sort(),
    people.map((one) => one.id).sort(),
    "one answer each",
  );
  const guild = (await getGuild(first.kv, id))!;
  assertEquals(guild.applications, 0);
  let members = 0;
  for (const { id: userId } of people) {
    if (await getMembership(first.kv, id, userId)) members++;
  }
  assertEquals(guild.memberCount, members + 1);
});
