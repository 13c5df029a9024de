/** The end of a guild. */
import { assert, assertEquals } from "@std/assert";
import { acceptBounty, postBounty } from "../../../lib/bounties/mod.ts";
import {
  acceptInvitation,
  applyToGuild,
  endGuild,
  getMembership,
  inviteToGuild,
  listApplicationsOf,
  registerGuildJobs,
} from "../../../lib/guilds/mod.ts";
import { sendMessage } from "../../../lib/messages/mod.ts";
import { registerNotificationJobs } from "../../../lib/notifications/mod.ts";
import { guildChannel, parseChannel } from "../../../lib/realtime/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";
import { closedGuild } from "./closed_guild.ts";

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
