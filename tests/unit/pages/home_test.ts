import { assertEquals } from "@std/assert";
import { DAY } from "../../../lib/clock.ts";
import {
  applyToGuild,
  createGuild,
  inviteToGuild,
} from "../../../lib/guilds/mod.ts";
import { readHome } from "../../../lib/pages/home.ts";
import { getUser } from "../../../lib/users/mod.ts";
import { stage } from "../bounties/stage.ts";
import { openDeps } from "../../support/open_deps.ts";

Deno.test("home tells each person what waits for them, and nobody else's", async () => {
  await using deps = await openDeps();
  const { client, worker, guild, accepted, submitted } = await stage(deps);
  const closed = await createGuild(deps, worker, {
    name: "By application",
    description: "",
    open: false,
  });
  await submitted({ title: "Handed in" });
  await accepted({ title: "Under way" });
  const dora = await deps.addUser("dora");
  await applyToGuild(deps, closed.id, dora, "Let me in");
  await inviteToGuild(deps, worker, guild.id, dora, "");
  const todo = async (user: typeof dora) =>
    (await readHome(deps, user)).todo.map(({ kind, name }) => [kind, name]);
  assertEquals(await todo(client), [["review", "Handed in"]]);
  assertEquals(await todo(worker), [
    ["applications", "By application"],
    ["submit", "Under way"],
  ]);
  assertEquals(await todo(dora), [["invitation", "Lantern"]]);
});

Deno.test("bounties fit by skill, never one's own; first steps are for newcomers", async () => {
  await using deps = await openDeps();
  const { client, post } = await stage(deps);
  await post({ title: "For Preact people" });
  await post({ title: "A draft of nobody's", skills: ["go"] });
  const eve = await deps.addUser("eve", { skills: ["preact"] });
  const home = await readHome(deps, eve);
  assertEquals(
    home.fitting.map(({ bounty, why }) => [bounty.title, why]),
    [["For Preact people", { skill: "preact" }]],
  );
  assertEquals(home.steps?.filter((step) => step.done), []);
  const own = { ...(await getUser(deps.kv, client.id))!, skills: ["preact"] };
  assertEquals((await readHome(deps, own)).fitting, []);
  deps.clock.advance(40 * DAY);
  await createGuild(deps, eve, { name: "Mine", description: "", open: true });
  assertEquals((await readHome(deps, eve)).steps, null);
});
