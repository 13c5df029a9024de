/** A bounty from post to pay, and at every step who is told of it, which ways, and who is not. */
import { saveScreenshots } from "../support/browser.ts";
import {
  journeyTest,
  type Participant,
  type Telling,
} from "../support/journey.ts";

const TITLE = "Ferry departures that work offline";

journeyTest(
  "a bounty is posted, matched, accepted, handed in, sent back, accepted and paid",
  async (journey) => {
    const client = await journey.enter("demo-outsider");
    const owner = await journey.enter("demo-owner");
    const officer = await journey.enter("ines-duarte", { device: "phone" });
    // A member who leads nothing, and somebody of another guild.
    await journey.enter("sam-whitfield");
    await journey.enter("omar-farouk");

    const mine = client.page;
    await mine.goto("/bounties/new");
    await mine.getByLabel("Title").fill(TITLE);
    await mine.getByLabel("What has to be done").fill(
      "A web page with the next departures of our ferry that loads fast, has a design system behind it and works in the dead spots of the fjord.",
    );
    await mine.getByRole("combobox", { name: "Category" })
      .selectOption("Engineering");
    await mine.getByLabel("Skills").fill(
      "hiring, facilitation, figma, design systems",
    );
    await mine.getByLabel("Reward in credits").fill("1450");
    await mine.getByRole("button", { name: "Post bounty" }).click();
    await mine.waitForURL(/\/bounties\/[0-9A-Z]{26}/);
    const matched: Telling = {
      type: "bounty_matched",
      title: TITLE,
      push: true,
    };
    await journey.told({ "demo-owner": [matched], "ines-duarte": [matched] });
    await saveScreenshots(owner.desk, "journey-matched");

    // The owner goes where the bell leads.
    const theirs = owner.page;
    await theirs.locator("button.bell").click();
    await theirs.locator("#inbox").getByText(TITLE).click();
    await theirs.waitForURL(mine.url());
    owner.read++;
    await theirs.getByRole("button", { name: "Accept for Lantern Works" })
      .click();
    // Nobody has to think about it any more.
    officer.read++;
    await journey.told({
      "demo-outsider": [{
        type: "bounty_accepted",
        title: "Lantern Works takes on your bounty",
        push: true,
        mail: true,
      }],
    });

    const handIn = async (text: string) => {
      await theirs.getByLabel("What you hand in").fill(text);
      await theirs.getByRole("button", { name: "Hand in for review" }).click();
      // Reviewed on its page before anybody would be mailed.
      await journey.told({
        "demo-outsider": [{
          type: "bounty_submitted",
          title: "Lantern Works handed in their work",
          push: true,
        }],
      });
      await mine.getByRole("heading", { name: "Review the work" }).waitFor();
    };
    // Whoever sends a form lands on the bounty's page, and has read all that was told of it.
    const visited = (who: Participant) => {
      who.read = who.told.length;
      for (const one of who.told) one.mail = undefined;
    };
    // What was asked shows what became of it, on the tab that was left alone, too.
    const answered = async (who: Participant, outcome: string) => {
      await who.desk.locator("button.bell").click();
      await who.desk.locator("#inbox .note-mark", { hasText: outcome }).first()
        .waitFor();
      await saveScreenshots(
        who.desk,
        `journey-${outcome.replaceAll(" ", "-")}`,
      );
      await who.desk.keyboard.press("Escape");
    };
    const reviewed = (title: string): Telling => ({
      type: "bounty_reviewed",
      title,
      push: true,
      mail: true,
    });
    await handIn("Works in flight mode. The timetable is kept for 30 days.");
    await mine.getByText("Ask for changes", { exact: true }).click();
    await mine.getByLabel("A word to the guild").fill("Bigger type, please.");
    await mine.getByRole("button", { name: "Send review" }).click();
    visited(client);
    await answered(client, "You reviewed it");
    const changes = () => reviewed("The client asks for changes");
    await journey.told({
      "demo-owner": [changes()],
      "ines-duarte": [changes()],
    });

    await theirs.getByText("Bigger type, please.").waitFor();
    // Done, so neither of them is mailed that it has to be done.
    visited(owner);
    visited(officer);
    await handIn("It is 18 px now.");
    await answered(officer, "Handed in again");
    await mine.getByText("5 stars").locator("..").click();
    await mine.getByRole("button", { name: "Send review" }).click();
    await mine.getByText("1,450 credits paid to Mara Okafor").waitFor();
    visited(client);
    const accepted = reviewed("Your work was accepted");
    await journey.told({
      "demo-owner": [accepted, {
        type: "bounty_completed",
        title: `${TITLE} is complete`,
        push: true,
        mail: true,
      }],
      "ines-duarte": [accepted],
    });
    await saveScreenshots(owner.desk, "journey-paid");

    await journey.mailed();
    await journey.pages();
    await saveScreenshots(client.page, "journey-client-page");
  },
);
