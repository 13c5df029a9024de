/** How people come into a closed guild: by application and by invitation. */
import { assertEquals } from "@std/assert";
import { DAY } from "../../../lib/clock.ts";
import {
  acceptApplication,
  acceptInvitation,
  applyToGuild,
  createGuild,
  declineInvitation,
  getGuild,
  inviteToGuild,
  joinGuild,
  listApplications,
  listApplicationsOf,
  listInvitations,
  listInvitationsOf,
  rejectApplication,
  removeMember,
  revokeInvitation,
  setRole,
  withdrawApplication,
} from "../../../lib/guilds/mod.ts";
import { getNotifications } from "../../../lib/notifications/mod.ts";
import { guildChannel } from "../../../lib/realtime/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";
import { closedGuild } from "./closed_guild.ts";

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
