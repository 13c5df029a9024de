/** How people come into a guild and rise in it, and who is told of it, which ways. */
import { saveScreenshots } from "../support/browser.ts";
import { journeyTest } from "../support/journey.ts";

journeyTest(
  "somebody applies and is accepted; somebody accepts an invitation in the bell and is promoted",
  async (journey) => {
    const owner = await journey.enter("demo-owner");
    const officer = await journey.enter("ines-duarte");
    const applicant = await journey.enter("demo-outsider", { device: "phone" });
    const invited = await journey.enter("omar-farouk");
    await journey.enter("sam-whitfield");
    await (await owner.api.fetch("/api/guilds/demo-guild", {
      method: "PATCH",
      json: { open: false },
    })).body?.cancel();

    const door = applicant.page;
    await door.goto("/guilds/demo-guild");
    await door.getByLabel("Why you would fit").fill(
      "I have built two design systems and like reviews.",
    );
    await saveScreenshots(door, "journey-door");
    await door.getByRole("button", { name: "Send application" }).click();
    await door.getByText("Your application is waiting for an answer").waitFor();
    const applies = {
      type: "guild_applied",
      title: "Priya Raman applies to Lantern Works",
      push: true,
      mail: true,
    } as const;
    await journey.told({
      "demo-owner": [applies],
      "ines-duarte": [{ ...applies }],
    });

    // The officer answers; the owner is not told of what the officer did, but of who is new.
    const desk = officer.page;
    await desk.locator("button.bell").click();
    await desk.locator("#inbox").getByText("Priya Raman applies").click();
    officer.read++;
    // Seen in the app first: no e-mail.
    officer.told[0]!.mail = undefined;
    await desk.waitForURL("**/guilds/demo-guild/settings");
    await desk.getByRole("button", { name: /^Accept / }).click();
    await desk.getByText("They are a member now").first().waitFor();
    // Nobody has to answer it any more, and nobody is mailed that they had to.
    owner.read++;
    owner.told[0]!.mail = undefined;
    await journey.told({
      "demo-outsider": [{
        type: "guild_application_accepted",
        title: "Welcome to Lantern Works",
        push: true,
        mail: true,
      }],
      "demo-owner": [{
        type: "guild_member_joined",
        title: "Priya Raman joined Lantern Works",
      }],
    });
    await door.goto("/");
    await door.getByRole("link", { name: "Lantern Works" }).first().waitFor();
    await saveScreenshots(door, "journey-home-newcomer");

    const room = owner.page;
    await room.goto("/guilds/demo-guild/settings");
    await room.getByLabel("Handle").fill("omar-farouk");
    await saveScreenshots(room, "journey-guild-settings");
    await room.getByRole("button", { name: /^Invite/ }).click();
    await journey.told({
      "omar-farouk": [{
        type: "guild_invite",
        title: "Mara Okafor invites you to Lantern Works",
        push: true,
      }],
    });
    const bell = invited.page;
    await bell.locator("button.bell").click();
    const note = bell.locator("#inbox .note").filter({ hasText: "invites you" })
      .first();
    await saveScreenshots(bell, "journey-invited");
    await note.getByRole("button", { name: "Accept" }).click();
    invited.read++;
    // For the owner the notification of who came grows, in silence.
    Object.assign(owner.told.at(-1)!, {
      title: "2 people joined Lantern Works",
      toast: "Priya Raman joined Lantern Works",
    });
    await journey.told({
      "ines-duarte": [{
        type: "guild_member_joined",
        title: "Omar Farouk joined Lantern Works",
      }],
    });

    await room.goto("/guilds/demo-guild/settings");
    const row = room.locator("#guild-people").locator("..").locator("..")
      .locator("..").locator("li").filter({ hasText: "@omar-farouk" });
    await row.locator("summary").click();
    await row.getByRole("button", { name: "Make officer" }).click();
    await journey.told({
      "omar-farouk": [{
        type: "guild_promoted",
        title: "You are an officer of Lantern Works",
        push: true,
      }],
    });
    await journey.mailed();
    await journey.pages();
    await saveScreenshots(bell, "journey-promoted");
  },
);
