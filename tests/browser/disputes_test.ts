/** Disputes as people have them. */
import { assert, assertEquals } from "@std/assert";
import type { SignedIn } from "../support/app.ts";
import {
  assertAccessible,
  problemsOf,
  saveScreenshots,
  type Scheme,
} from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";

const BOUNTY = {
  title: "Timetable for the harbour ferries",
  description: "A page that shows the next ferries from every pier, offline.",
  category: "engineering",
  skills: ["typescript", "css"],
  reward: 1_200,
  open: true,
};

/** A bounty of the outsider's that the owner's guild works on. */
async function bountyAtWork(client: SignedIn, worker: SignedIn) {
  const { bounty } = await client.must("POST", "/api/bounties", BOUNTY);
  await worker.must("POST", `/api/bounties/${bounty.id}/accept`, {
    guildId: "demo-guild",
  });
  return bounty.id;
}

stageTest(
  "a dispute is raised, argued, judged by jurors who were told, and settled before everybody's eyes",
  async ({ app, browser }) => {
    const [client, worker, admin] = await Promise.all([
      app.signIn("demo-outsider"),
      app.signIn("demo-owner"),
      app.signIn("demo-admin"),
    ]);
    const bountyId = await bountyAtWork(client, worker);
    await using raiser = await browser.person(client);
    await using accused = await browser.person(worker);
    const other = await accused.open("/");
    const page = await raiser.open(`/bounties/${bountyId}/dispute`);
    await assertAccessible(page, "the form that raises a dispute");
    await saveScreenshots(page, "dispute-raise");
    await page.getByLabel("What went wrong?").fill("Too short");
    await page.locator("[name=reason]").evaluate((field) =>
      field.removeAttribute("minlength")
    );
    await page.getByRole("button", { name: "Raise dispute" }).click();
    await page.locator("[aria-invalid=true]").waitFor();
    await page.getByLabel("What went wrong?").fill(
      "We agreed on a first version by Monday.\nNothing has been handed in, and nobody answers.",
    );
    await page.getByRole("button", { name: "Raise dispute" }).click();
    await page.waitForURL(/\/disputes\//);
    const path = new URL(page.url()).pathname;
    const id = path.split("/").at(-1)!;
    await page.getByText("Waiting for an answer").waitFor();

    // The accused is told where they are.
    await other.locator(".toast").filter({ hasText: "raised a dispute" })
      .waitFor();
    await other.goto(path);
    await other.getByText("Add evidence").click();
    await other.getByLabel("What it shows").fill(
      "The first version is online since Sunday evening.",
    );
    await other.getByLabel("Links").fill("https://example.com/ferries");
    await other.getByRole("button", { name: "Give evidence" }).click();
    await other.locator(".dispute-evidence > li").waitFor();
    // The other side sees it without doing anything.
    await page.getByText("online since Sunday evening").waitFor();
    const field = page.getByRole("textbox", { name: "Write a message" });
    await field.fill("That link shows an empty page.");
    await field.press("Enter");
    await other.getByText("That link shows an empty page.").first().waitFor();
    await assertAccessible(other, "a dispute that was raised");
    await saveScreenshots(other, "dispute-raised");

    // An admin need not wait; the jurors are drawn and told.
    await admin.must("POST", `/api/disputes/${id}/escalate`);
    await page.getByText("A tribunal is voting").waitFor();
    const { dispute } = await (await client.fetch(`/api/disputes/${id}`))
      .json();
    assert(dispute.jurors.length >= 3);
    const jurors = await Promise.all(
      dispute.jurors.map((juror: { handle: string }) =>
        app.signIn(juror.handle)
      ),
    ) as SignedIn[];
    await using juror = await browser.person(jurors[0]!);
    const bench = await juror.open("/disputes?list=jury");
    await bench.getByText("Your vote is needed").first().waitFor();
    await saveScreenshots(bench, "disputes-jury");
    await assertAccessible(bench, "the disputes to judge");
    await waitFor(async () => {
      const list = await (await jurors[0]!.fetch("/api/notifications")).json();
      return list.notifications.some((n: { type: string; link: string }) =>
        n.type === "tribunal_vote_needed" && n.link.startsWith(path)
      );
    }, { what: "the juror to be told" });
    await bench.goto(path);
    await bench.getByLabel(`For ${dispute.accused.name}`).check();
    await assertAccessible(bench, "a tribunal, seen by a juror");
    await saveScreenshots(bench, "dispute-vote");
    await bench.setViewportSize({ width: 360, height: 780 });
    await bench.getByRole("button", { name: "Vote", exact: true }).first()
      .click();
    await bench.getByRole("heading", { name: "Your vote" }).waitFor();
    await assertAccessible(bench, "the pane on a phone");
    await saveScreenshots(bench, "dispute-pane");
    await bench.setViewportSize({ width: 1440, height: 900 });
    await bench.getByRole("button", { name: "Vote", exact: true }).click();
    await bench.getByText(`You voted for ${dispute.accused.name}.`).waitFor();
    await page.getByText(`1 of ${jurors.length} have voted`).first().waitFor();

    for (const one of jurors.slice(1)) {
      await one.must("POST", `/api/disputes/${id}/vote`, {
        forId: dispute.accusedId,
      });
    }
    for (const where of [page, other, bench]) {
      await where.getByText(`Decided for ${dispute.accused.name}`).waitFor();
    }
    const settled = await (await client.fetch(`/api/bounties/${bountyId}`))
      .json();
    assertEquals(settled.bounty.state, "completed");
    await page.reload();
    await page.getByText("This dispute is over").waitFor();
    assertEquals(
      await page.getByRole("textbox", { name: "Write a message" }).count(),
      0,
    );
    await assertAccessible(page, "a dispute that is over");
    await saveScreenshots(page, "dispute-resolved");
    assertEquals(problemsOf(raiser, accused, juror), []);
  },
);

stageTest(
  "every form of a dispute works without scripts",
  async ({ app }) => {
    const [client, worker] = await Promise.all([
      app.signIn("demo-outsider"),
      app.signIn("demo-owner"),
    ]);
    const bountyId = await bountyAtWork(client, worker);
    const form = (
      who: SignedIn,
      path: string,
      fields: Record<string, string>,
    ) =>
      who.fetch(path, {
        method: "POST",
        body: new URLSearchParams(fields),
        redirect: "manual",
      });
    const raised = await form(client, `/bounties/${bountyId}/dispute`, {
      reason: "Nothing has been handed in for weeks",
    });
    await raised.body?.cancel();
    assertEquals(raised.status, 303);
    const path = raised.headers.get("location")!.split("?")[0]!;
    const given = await form(worker, `${path}?action=evidence`, {
      text: "Here it is",
      links: "https://example.com/a\nhttps://example.com/b",
    });
    await given.body?.cancel();
    assertEquals(given.status, 303);
    const seen = await (await client.fetch(path)).text();
    assert(seen.includes("https://example.com/b"));
    const wrong = await form(worker, `${path}?action=evidence`, {
      text: "Look",
      links: "javascript:alert(1)",
    });
    assertEquals(wrong.status, 400);
    assert((await wrong.text()).includes("An address that begins with"));
    const early = await form(client, `${path}?action=escalate`, {});
    assertEquals(early.status, 400);
    assert((await early.text()).includes("more hours"));
    const withdrawn = await form(client, `${path}?action=withdraw`, {});
    await withdrawn.body?.cancel();
    assertEquals(withdrawn.status, 303);
    const stranger = await app.signIn("demo-member");
    const refused = await stranger.fetch(path);
    await refused.body?.cancel();
    assertEquals(refused.status, 404);
  },
);

for (const scheme of ["light", "dark"] as Scheme[]) {
  stageTest(
    `axe finds nothing on the lists of disputes and a guild's pages, ${scheme}`,
    async ({ app, browser }) => {
      await using admin = await browser.person(await app.signIn("demo-admin"), {
        scheme,
      });
      await using outsider = await browser.person(
        await app.signIn("demo-outsider"),
        { scheme, device: "phone" },
      );
      for (
        const [person, path] of [
          [admin, "/disputes?list=all"],
          [admin, "/guilds/northwind-audit/about"],
          [admin, "/guilds/northwind-audit/settings"],
          [outsider, "/disputes"],
          [outsider, "/guilds/northwind-audit/about"],
        ] as const
      ) {
        const page = await person.open(path);
        await assertAccessible(page, `${path} in ${scheme}`);
        if (path.includes("all") && scheme === "light") {
          await saveScreenshots(page, "disputes-all");
        }
        await page.close();
      }
    },
  );
}
