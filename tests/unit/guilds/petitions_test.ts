/** Applications and invitations: what may follow what, who is told, and that nobody comes in twice. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { acceptBounty, postBounty } from "../../../lib/bounties/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  acceptApplication,
  acceptInvitation,
  applyToGuild,
  createGuild,
  declineInvitation,
  endGuild,
  getGuild,
  getMembership,
  inviteToGuild,
  joinGuild,
  listApplications,
  listApplicationsOf,
  listInvitations,
  listInvitationsOf,
  registerGuildJobs,
  rejectApplication,
  removeMember,
  revokeInvitation,
  setRole,
  withdrawApplication,
} from "../../../lib/guilds/mod.ts";
import { sendMessage } from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { guildChannel, parseChannel } from "../../../lib/realtime/mod.ts";
import { openDeps, type TestDeps } from "../users/open_deps.ts";

const codeOf = async (work: Promise<unknown>) =>
  (await assertRejects(() => work, NexoraError)).code;

async function closedGuild(deps: TestDeps) {
  registerNotificationJobs(deps.queue, deps);
  registerGuildJobs(deps.queue, deps);
  deps.queue.start();
  const owner = await deps.addUser("ada");
  const guild = await createGuild(deps, owner, {
    name: "Lantern",
    description: "",
    skills: undefined,
    open: false,
  });
  const bob = await deps.addUser("bob");
  return { owner, bob, guild, id: guild.id };
}

const titles = async (deps: TestDeps, id: string) => {
  await deps.queue.drain(5_000);
  const reader = { id, locale: "en", timeZone: "UTC" };
  return (await getNotifications(deps, reader, {})).notifications.map((n) =>
    n.type
  );
};

Deno.test("an application that is accepted makes a member, who is told", async () => {
  await using deps = await openDeps();
  const { owner, bob, id } = await closedGuild(deps);
  await applyToGuild(deps, id, bob, "I know lanterns");
  assertEquals((await getGuild(deps.kv, id))!.applications, 1);
  assertEquals(
    (await listApplications(deps, id)).map((a) => [a.user.handle, a.note]),
    [["bob", "I know lanterns"]],
  );
  assertEquals((await listApplicationsOf(deps, "bob")).length, 1);
  assertEquals(
    await codeOf(applyToGuild(deps, id, bob, "again")),
    "already_exists",
  );
  assertEquals(
    await codeOf(acceptApplication(deps, bob, id, "bob")),
    "forbidden",
  );
  const { guild, membership } = await acceptApplication(deps, owner, id, "bob");
  assertEquals([guild.memberCount, guild.applications], [2, 0]);
  assertEquals(membership.role, "member");
  assertEquals(await listApplications(deps, id), []);
  assertEquals(await listApplicationsOf(deps, "bob"), []);
  assertEquals(
    (await deps.events(guildChannel(id))).map((e) => e.event),
    ["guild:updated", "guild:member-join"],
  );
  assertEquals(await titles(deps, "bob"), ["guild_application_accepted"]);
  // Who let him in need not be told that he is in.
  assertEquals(await titles(deps, "ada"), ["guild_applied"]);
  assertEquals(
    await codeOf(rejectApplication(deps, owner, id, "bob", "")),
    "illegal_transition",
  );
});

Deno.test("who is rejected is told why, and may ask again after a week", async () => {
  await using deps = await openDeps();
  const { owner, bob, id } = await closedGuild(deps);
  await applyToGuild(deps, id, bob, "");
  await rejectApplication(deps, owner, id, "bob", "We are full");
  await deps.queue.drain(5_000);
  const { notifications: [told] } = await getNotifications(deps, bob, {});
  assertEquals([told!.type, told!.body], [
    "guild_application_rejected",
    "We are full",
  ]);
  assertEquals(await codeOf(applyToGuild(deps, id, bob, "")), "rate_limited");
  deps.clock.advance(7 * DAY);
  await applyToGuild(deps, id, bob, "And now?");
  await withdrawApplication(deps, id, "bob");
  assertEquals((await getGuild(deps.kv, id))!.applications, 0);
  await applyToGuild(deps, id, bob, "Changed my mind");
});

Deno.test("an invitation leads in, for two weeks, whoever else asks meanwhile", async () => {
  await using deps = await openDeps();
  const { owner, bob, id } = await closedGuild(deps);
  await inviteToGuild(deps, owner, id, bob, "Come");
  assertEquals(
    await codeOf(inviteToGuild(deps, owner, id, bob, "")),
    "already_exists",
  );
  assertEquals(
    await codeOf(applyToGuild(deps, id, bob, "")),
    "illegal_transition",
  );
  assertEquals((await listInvitations(deps, id)).length, 1);
  assertEquals(
    (await listInvitationsOf(deps, "bob")).map((i) => i.guild.name),
    ["Lantern"],
  );
  assertEquals(await titles(deps, "bob"), ["guild_invite"]);
  deps.clock.advance(14 * DAY);
  assertEquals(
    await codeOf(acceptInvitation(deps, id, bob)),
    "illegal_transition",
  );
  assertEquals(await listInvitations(deps, id), []);
  await inviteToGuild(deps, owner, id, bob, "Once more");
  await acceptInvitation(deps, id, bob);
  // A second press of the button changes nothing.
  assertEquals((await acceptInvitation(deps, id, bob)).guild.memberCount, 2);
  assertEquals(await listInvitationsOf(deps, "bob"), []);
});

Deno.test("who declines is left in peace for a month; who is not invited cannot accept", async () => {
  await using deps = await openDeps();
  const { owner, bob, id } = await closedGuild(deps);
  assertEquals(await codeOf(acceptInvitation(deps, id, bob)), "not_found");
  await inviteToGuild(deps, owner, id, bob, "");
  await declineInvitation(deps, id, "bob");
  assertEquals(
    await codeOf(inviteToGuild(deps, owner, id, bob, "")),
    "rate_limited",
  );
  deps.clock.advance(30 * DAY);
  await inviteToGuild(deps, owner, id, bob, "");
  assertEquals(
    await codeOf(revokeInvitation(deps, bob, id, "bob")),
    "forbidden",
  );
  await revokeInvitation(deps, owner, id, "bob");
  assertEquals(
    await codeOf(acceptInvitation(deps, id, bob)),
    "illegal_transition",
  );
});

Deno.test("who is put out hears nothing from then on and comes back by invitation only", async () => {
  await using deps = await openDeps();
  const owner = await deps.addUser("ada");
  const [bob, cleo] = [await deps.addUser("bob"), await deps.addUser("cleo")];
  const { id } = await createGuild(deps, owner, {
    name: "Lantern",
    description: "",
    skills: undefined,
    open: true,
  });
  await joinGuild(deps, id, bob);
  await joinGuild(deps, id, cleo);
  await setRole(deps, owner, id, "bob", "officer");
  assertEquals(await codeOf(removeMember(deps, cleo, id, "bob")), "forbidden");
  assertEquals(await codeOf(removeMember(deps, bob, id, "ada")), "forbidden");
  assertEquals(await removeMember(deps, bob, id, "cleo"), true);
  assertEquals(await removeMember(deps, bob, id, "cleo"), false);
  const told = (await deps.events("#control")).at(-1)!.json;
  assertEquals(told, { type: "recheck", userId: "cleo" });
  assertEquals(await codeOf(joinGuild(deps, id, cleo)), "forbidden");
  await inviteToGuild(deps, bob, id, cleo, "Sorry");
  await acceptInvitation(deps, id, cleo);
  await removeMember(deps, owner, id, "bob");
  assertEquals((await getGuild(deps.kv, id))!.officerIds, ["ada"]);
});

Deno.test("a guild ends by its name, for everybody at once, and leaves nothing behind", async () => {
  await using deps = await openDeps();
  const { owner, bob, id } = await closedGuild(deps);
  const cleo = await deps.addUser("cleo");
  await inviteToGuild(deps, owner, id, bob, "");
  await acceptInvitation(deps, id, bob);
  await applyToGuild(deps, id, cleo, "");
  await sendMessage(deps, {
    channel: guildChannel(id),
    author: bob,
    content: "Hello",
  });
  assertEquals(await codeOf(endGuild(deps, bob, id, "Lantern")), "forbidden");
  assertEquals(
    await codeOf(endGuild(deps, owner, id, "lantern")),
    "bad_request",
  );
  await deps.queue.stop();
  await endGuild(deps, owner, id, "Lantern");
  // Before any job has run, nobody is inside.
  const channel = parseChannel(guildChannel(id))!;
  for (const who of [owner, bob]) {
    assertEquals(await deps.policy.may(who, "see", channel), false);
  }
  assertEquals((await deps.events("#control")).at(-1)!.json, {
    type: "close-channel",
    channel: guildChannel(id),
  });
  await using other = await deps.fork();
  registerNotificationJobs(other.queue, other);
  registerGuildJobs(other.queue, other);
  other.queue.start();
  await other.queue.drain(5_000);
  assertEquals(await getMembership(deps.kv, id, "bob"), null);
  assertEquals(await listApplicationsOf(deps, "cleo"), []);
  for (
    const table of [
      "guilds",
      "guildMembers",
      "guildApplicationsOpen",
      "messages",
      "messagesById",
      "rooms",
      "roomLedger",
      "roomAuthors",
    ]
  ) {
    assertEquals(
      (await Array.fromAsync(deps.kv.list({ prefix: [table] }))).length,
      0,
      table,
    );
  }
});

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

Deno.test("a guild does not end while it works on a bounty, however close the two come", async () => {
  for (let round = 0; round < 8; round++) {
    await using deps = await openDeps();
    await using other = await deps.fork();
    const { owner, id } = await closedGuild(deps);
    const client = await deps.addUser("carl");
    const { id: bountyId } = await postBounty(deps, client, {
      title: "Light the pier",
      description: "Twelve lanterns along the old pier.",
      category: "engineering",
      skills: [],
      reward: 100,
      deadline: null,
      open: true,
    });
    const [ended, accepted] = await Promise.all([
      endGuild(deps, owner, id, "Lantern").then(() => true, () => false),
      acceptBounty(other, owner, bountyId, id).then(() => true, () => false),
    ]);
    assert(ended !== accepted, `ended ${ended}, accepted ${accepted}`);
  }
});
