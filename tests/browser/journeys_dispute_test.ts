/** A dispute from its raising to the verdict: who is told of what, which ways, and what it does to trust. */
import { assert, assertEquals } from "@std/assert";
import { CAST } from "../../lib/demo/cast.ts";
import { saveScreenshots } from "../support/browser.ts";
import { journeyTest } from "../support/journey.ts";

const TITLE = "Timetable for the harbour ferries";

journeyTest(
  "a dispute is raised, argued, voted on by a tribunal and resolved, and trust follows",
  async (journey) => {
    const client = await journey.enter("demo-outsider");
    const worker = await journey.enter("demo-owner", { scheme: "dark" });
    // Whoever the lot may fall on.
    for (const { handle } of CAST) {
      if (handle in journey.people) continue;
      await journey.allowPush(await journey.app.signIn(handle));
    }
    const post = async (who: typeof client, path: string, json: unknown) => {
      const response = await who.api.fetch(path, { method: "POST", json });
      assert(response.ok, `${path}: ${response.status}`);
      return await response.json();
    };
    const { bounty } = await post(client, "/api/bounties", {
      title: TITLE,
      description: "A page that shows the next ferries from every pier.",
      category: "engineering",
      skills: ["glassblowing"],
      reward: 1_200,
      open: true,
    });
    await post(worker, `/api/bounties/${bounty.id}/accept`, {
      guildId: "demo-guild",
    });
    await journey.told({
      "demo-outsider": [{
        type: "bounty_accepted",
        title: "Lantern Works takes on your bounty",
        push: true,
        mail: true,
      }],
    });
    const trust = async (who: typeof client) =>
      (await (await who.api.fetch("/api/me")).json()).user.trust as number;
    const before = { client: await trust(client), worker: await trust(worker) };

    const page = client.page;
    await page.goto(`/bounties/${bounty.id}`);
    // Who opens the page of a bounty has read what was told of it, and is not mailed.
    client.read++;
    client.told[0]!.mail = undefined;
    await page.locator("main").getByRole("link", { name: /dispute/i }).click();
    await page.getByLabel("What went wrong?").fill(
      "We agreed on a first version by Monday.\nNothing has been handed in, and nobody answers.",
    );
    await page.getByRole("button", { name: "Raise dispute" }).click();
    await page.waitForURL(/\/disputes\//);
    const path = new URL(page.url()).pathname;
    const id = path.split("/").at(-1)!;
    await journey.told({
      "demo-owner": [{
        type: "dispute_raised",
        title: "Priya Raman raised a dispute",
        push: true,
        mail: true,
      }],
    });
    await saveScreenshots(worker.desk, "journey-dispute-toast");

    const other = worker.page;
    await other.goto(path);
    worker.read++;
    worker.told[0]!.mail = undefined;
    await other.getByText("Add evidence").click();
    await other.getByLabel("What it shows").fill(
      "The first version is online since Sunday evening.",
    );
    await other.getByRole("button", { name: "Give evidence" }).click();
    await page.getByText("online since Sunday evening").waitFor();

    // An admin need not wait two days; whom the lot fell on is told, and nobody else.
    const escalated = await journey.admin.fetch(
      `/api/disputes/${id}/escalate`,
      { method: "POST", json: {} },
    );
    assert(escalated.ok, await escalated.text());
    const { dispute } = await (await client.api.fetch(`/api/disputes/${id}`))
      .json();
    const handles: string[] = dispute.jurors.map((j: { handle: string }) =>
      j.handle
    );
    assert(handles.length >= 3, `${handles}`);
    handles.sort();
    await journey.settled();
    assertEquals(journey.reached("Your vote is needed").pushed, handles);

    const jurors = await Promise.all(
      handles.map(async (handle) =>
        await journey.browser.person(await journey.app.signIn(handle))
      ),
    );
    const bench = await jurors[0]!.open("/");
    await bench.locator("button.bell").click();
    await bench.locator("#inbox").getByText("Your vote is needed").first()
      .waitFor();
    await saveScreenshots(bench, "journey-juror-home");
    for (const juror of jurors) {
      const vote = juror === jurors[0] ? bench : await juror.open("/");
      await vote.goto(path);
      await vote.getByLabel(`For ${dispute.accused.name}`).check();
      await vote.getByRole("button", { name: "Vote", exact: true }).click();
      if (juror !== jurors.at(-1)) {
        await vote.getByText(`You voted for ${dispute.accused.name}.`)
          .waitFor();
      }
    }
    for (const where of [page, other, bench]) {
      await where.getByText(`Decided for ${dispute.accused.name}`).waitFor();
    }
    const over = (title: string) => ({
      type: "dispute_resolved",
      title,
      push: true,
      mail: true,
    } as const);
    await journey.told({
      "demo-outsider": [over("The dispute was decided against you")],
      "demo-owner": [
        {
          type: "bounty_completed",
          title: `${TITLE} is complete`,
          push: true,
          mail: true,
        },
        over("The dispute was decided for you"),
      ],
    });
    // Nobody found grounds for it, so raising it costs more than losing it.
    assertEquals(await trust(client), before.client - 65);
    // Five for the dispute, eight for the bounty that it completed.
    assertEquals(await trust(worker), before.worker + 13);
    await saveScreenshots(page, "journey-verdict");
    await journey.mailed();
    // All have voted on its page, and need no e-mail.
    assertEquals(journey.reached("Your vote is needed").mailed, []);
    await journey.pages();
  },
);
