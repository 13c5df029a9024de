import { createGuild, registerGuildJobs } from "../../../lib/guilds/mod.ts";
import { registerNotificationJobs } from "../../../lib/notifications/mod.ts";
import { type TestDeps } from "../../support/open_deps.ts";

export async function closedGuild(deps: TestDeps) {
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
