/** How people come into a guild, as they do it. */
import { assertEquals } from "@std/assert";
import {
  assertAccessible,
  problemsOf,
  saveScreenshots,
} from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";

stageTest(
  "somebody applies, is let in and promoted; somebody is invited and comes",
  async ({ app, browser }) => {
    const [owner, outsider, member] = await Promise.all([
      app.signIn("demo-owner"),
      app.signIn("demo-outsider"),
      app.signIn("demo-member"),
    ]);
    await (await owner.fetch("/api/guilds/demo-guild", {
      method: "PATCH",
      json: { open: false, skills: ["typescript", "design systems"] },
    })).body?.cancel();
    await using applicant = await browser.person(outsider);
    await using leader = await browser.person(owner);
    const room = await leader.open("/guilds/demo-guild");
    await room.getByRole("link", { name: "Settings" }).first().waitFor();
    const door = await applicant.open("/guilds/demo-guild");
    await assertAccessible(door, "the door of a guild that takes applications");
    await saveScreenshots(door, "guild-door");
    await door.getByLabel("Why you would fit").fill(
      "I have built two design systems and like reviews.",
    );
    await door.getByRole("button", { name: "Send application" }).click();
    await door.getByText("Your application is waiting for an answer").waitFor();
    await assertAccessible(door, "an application that waits");
    await saveScreenshots(door, "guild-about");

    await room.goto("/guilds/demo-guild/settings");
    await room.getByText("I have built two design systems").waitFor();
    await assertAccessible(room, "a guild's settings");
    await saveScreenshots(room, "guild-settings");
    await room.getByRole("button", { name: /^Accept / }).click();
    await room.locator(".toast").filter({ hasText: "They are a member now" })
      .waitFor();
    await door.locator(".toast").filter({ hasText: "Welcome to Lantern Works" })
      .waitFor();
    await door.goto("/guilds/demo-guild");
    await door.getByRole("textbox", { name: "Write a message" }).waitFor();

    const row = room.locator("#guild-people").locator("..").locator("..")
      .locator("..").locator("li").filter({ hasText: "@demo-outsider" });
    await row.locator("summary").click();
    await saveScreenshots(room, "guild-roles");
    await row.getByRole("button", { name: "Make officer" }).click();
    await door.locator(".toast").filter({ hasText: "You are an officer" })
      .waitFor();

    // Whoever is put out is out at once, though their page is open.
    const inside = await (await browser.person(member)).open(
      "/guilds/demo-guild",
    );
    const removed = await owner.fetch(
      "/api/guilds/demo-guild/members/demo_member",
      { method: "DELETE" },
    );
    assertEquals(removed.status, 204);
    await waitFor(
      async () =>
        (await member.fetch("/api/channels/guild-demo-guild/messages"))
          .status === 403,
      { what: "the door to be shut" },
    );
    await owner.must("POST", "/api/guilds/demo-guild/invitations", {
      handle: "demo-member",
      note: "Come back, it was a slip.",
    });
    await inside.goto("/guilds/demo-guild/about");
    await inside.getByText("Come back, it was a slip.").waitFor();
    await assertAccessible(inside, "an invitation");
    await saveScreenshots(inside, "guild-invited");
    await inside.getByRole("button", { name: "Accept invitation" }).click();
    await inside.getByRole("textbox", { name: "Write a message" }).waitFor();
    assertEquals(problemsOf(applicant, leader), []);
  },
);
