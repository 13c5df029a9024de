/** What reaches somebody, and why: settings, the pages that explain, and the link in e-mails. */
import { assert, assertEquals } from "@std/assert";
import { unsubscribeToken } from "../../lib/notifications/delivery/unsubscribe.ts";
import {
  assertAccessibleInBothThemes,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

stageTest("somebody chooses what reaches them, and keeps it", async ({
  app,
  browser,
}) => {
  const member = await app.signIn("demo-member");
  await using person = await browser.person(member);
  const page = await person.open("/settings");
  await page.getByRole("link", { name: "Choose what reaches you" }).click();
  await page.waitForURL("**/settings/notifications");
  await assertAccessibleInBothThemes(page);
  await saveScreenshots(page, "notification-settings");
  const cell = page.getByRole("checkbox", { name: "A direct message: Push" });
  assert(await cell.isChecked());
  await cell.uncheck();
  await page.getByLabel("Keep quiet hours").check();
  await page.getByLabel("From", { exact: true }).fill("23:30");
  await page.getByLabel("Send").selectOption("day");
  await page.getByLabel("Language of notifications").selectOption("de");
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("Your notification settings are saved").first()
    .waitFor();
  assertEquals(
    await page.getByRole("checkbox", { name: "A direct message: Push" })
      .isChecked(),
    false,
  );
  const answer = await member.fetch("/api/me/notification-preferences");
  const { preferences } = await answer.json();
  assertEquals(preferences.types, { direct_message: { push: false } });
  assertEquals(preferences.quietHours.from, "23:30");
  assertEquals(preferences.email.every, "day");
  const me = await (await member.fetch("/api/me")).json();
  assertEquals(me.user.locale, "de");

  for (let day = 0; day < 7; day++) {
    await page.locator(`input[name="day.${day}"]`).uncheck();
  }
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.locator(".notice.bad").waitFor();
  assertEquals(await page.getByLabel("Keep quiet hours").isChecked(), true);

  await page.goto("/settings/notifications");
  await page.getByLabel("Mute a guild").selectOption({ index: 0 });
  await page.getByLabel("For", { exact: true }).selectOption("week");
  await page.getByRole("button", { name: "Mute", exact: true }).click();
  await page.locator("#mutes .row").waitFor();
  await page.locator("#mutes").scrollIntoViewIfNeeded();
  await saveScreenshots(page, "notification-settings-mutes");
  await page.getByRole("button", { name: "Unmute" }).click();
  await page.getByText("Nothing is muted").first().waitFor();
  // The two refused saves are the browser's "failed to load" for a 400.
  assertEquals(person.problems.filter((p) => !p.includes("400")), []);
});

stageTest(
  "a notification says why it came, and a page says why nothing did",
  async ({
    app,
    browser,
  }) => {
    const owner = await app.signIn("demo-owner");
    const joiner = await app.signIn("demo-outsider");
    const guilds = await (await owner.fetch("/api/me/guilds")).json();
    const muted = guilds.guilds[0].guild;
    await (await owner.fetch("/api/me/notification-preferences", {
      method: "PUT",
      json: {
        types: { guild_member_joined: { push: true, email: true } },
        mutes: [{ kind: "person", id: "demo_chloe", label: "Chloé Martin" }],
      },
    })).body?.cancel();
    for (const who of [joiner, await app.signIn("chloe-martin")]) {
      for (const method of ["DELETE", "POST"]) {
        const path = `/api/guilds/${muted.id}/members${
          method === "POST" ? "" : "/me"
        }`;
        await (await who.fetch(path, { method })).body?.cancel();
      }
    }
    const first = await waitFor(async () => {
      const { notifications } = await (await owner.fetch("/api/notifications"))
        .json();
      return notifications.find((n: { title: string; createdAt: number }) =>
        n.title.startsWith("Priya") && Date.now() - n.createdAt < 60_000
      );
    }, { what: "the owner to be told of who joined" });
    await using person = await browser.person(owner);
    const page = await person.open(`/notifications/${first.id}`);
    await page.getByText("No browser of yours takes push messages").waitFor();
    await page.getByText("It waits some minutes").waitFor();
    await assertAccessibleInBothThemes(page);
    await saveScreenshots(page, "notification-why");

    await waitFor(async () => {
      const answer = await owner.fetch("/api/notifications/why-not");
      return (await answer.json()).withheld.length > 0;
    }, { what: "Chloé to be kept back" });
    await page.goto("/notifications/why-not");
    await page.getByText("You muted Chloé Martin").first().waitFor();
    await page.getByLabel("Notification", { exact: true }).selectOption(
      "dispute_raised",
    );
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("status").getByText("No browser of yours").waitFor();
    await assertAccessibleInBothThemes(page);
    await saveScreenshots(page, "notification-why-not");
    assertEquals(person.problems, []);
  },
);

stageTest(
  "an e-mail's link stops e-mails without signing in, and only when it is asked to",
  async ({
    app,
    browser,
    kvPath,
  }) => {
    using kv = await Deno.openKv(kvPath);
    const token = await unsubscribeToken(kv, {
      userId: "demo_member",
      type: "direct_message",
    });
    const member = await app.signIn("demo-member");
    const emails = async () => {
      const answer = await member.fetch("/api/me/notification-preferences");
      const { preferences } = await answer.json();
      return preferences.types.direct_message?.email;
    };
    await using stranger = await browser.person({ origin: app.origin });
    const page = await stranger.open(`/unsubscribe/${token}`);
    assertEquals(await emails(), undefined, "looking changes nothing");
    await assertAccessibleInBothThemes(page);
    await saveScreenshots(page, "unsubscribe");
    await page.getByRole("button", { name: "Stop these e-mails" }).click();
    await page.getByText("No more of these e-mails").waitFor();
    assertEquals(await emails(), false);
    await page.getByRole("button", { name: "Send them again" }).click();
    await page.getByText("will come again").waitFor();
    assertEquals(await emails(), true);
    // As mail providers do it (RFC 8058): no cookie, no origin.
    const oneClick = await fetch(`${app.origin}/unsubscribe/${token}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    await oneClick.body?.cancel();
    assertEquals(oneClick.status, 200);
    assertEquals(await emails(), false);
    const made = await fetch(`${app.origin}/unsubscribe/made.up`);
    await made.body?.cancel();
    assertEquals(made.status, 404);
  },
);
