/** The world in which what `docs/events.md` says is walked. */
import { assertEquals } from "@std/assert";
import { createGuild, joinGuild } from "../../../lib/guilds/mod.ts";
import { registerMessageJobs } from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import {
  dmChannel,
  guildChannel,
  parseChannel,
} from "../../../lib/realtime/mod.ts";
import { registerDisputeJobs } from "../../../lib/disputes/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { type TestDeps } from "../../support/open_deps.ts";

/** Everything that a walk needs: a guild of Ada's with Bob in it, and a notification of Ada's. */
export async function openWorld(deps: TestDeps) {
  registerNotificationJobs(deps.queue, deps);
  registerDisputeJobs(deps.queue, deps);
  registerMessageJobs(deps.queue, deps);
  deps.queue.start();
  const ada = await deps.addUser("ada");
  const bob = await deps.addUser("bob");
  const carl = await deps.addUser("carl");
  const given = { name: "Lantern", description: "", open: true };
  const guild = await createGuild(deps, ada, given);
  assertEquals((await deps.events(guildChannel(guild.id))).length, 0);
  await joinGuild(deps, guild.id, bob);
  await toldOf(deps, "ada", "guild_member_joined");
  const { notifications: [first] } = await getNotifications(deps, ada, {});
  return { ada, bob, carl, guild, notificationId: first!.id };
}
export type World = Awaited<ReturnType<typeof openWorld>>;

/** What a change does, by its name in the first column of the table; each says who finds the row's notification. */
export type Walks = Record<
  string,
  (deps: TestDeps, world: World) => Promise<string[] | void>
>;

export const admin = { id: "root", role: "admin" as const };

/** Where Ada and Bob talk. */
export const dm = parseChannel(dmChannel("ada", "bob"))!;

/** The types of what somebody finds in the inbox. */
export const typesOf = async (deps: TestDeps, id: string) =>
  (await getNotifications(deps, { id, locale: "en", timeZone: "UTC" }, {}))
    .notifications.map((n) => n.type as string);

export async function toldOf(deps: TestDeps, id: string, type: string) {
  await waitFor(async () => (await typesOf(deps, id)).includes(type), {
    what: `${id} to be told of ${type}`,
  });
}
