/** What browser tests do with notifications: cause them, count them, open the bell. */
import type { Locator, Page } from "playwright-core";
import type { SignedIn } from "./app.ts";
import { waitFor } from "./wait.ts";

/**
 * Has somebody join the guild and, for more than one, name its leader there: so many notifications to who leads it.
 * Joining again would be added to the notification that is there.
 */
export async function join(who: SignedIn, times: number): Promise<void> {
  await who.must("POST", "/api/guilds/demo-guild/members");
  for (let i = 1; i < times; i++) {
    await who.must("POST", "/api/channels/guild-demo-guild/messages", {
      content: `Look at this, @demo-owner (${i})`,
    });
  }
  await who.must("DELETE", "/api/guilds/demo-guild/members/me");
}

/** What the badge counts. */
export const unread = async (page: Page) =>
  Number(await page.locator("button.bell").getAttribute("data-unread"));

export async function untilUnread(page: Page, count: number): Promise<void> {
  await waitFor(async () => await unread(page) === count, {
    what: `${count} unread`,
  });
}

export async function openBell(page: Page): Promise<Locator> {
  await page.locator("button.bell").click();
  const panel = page.locator("#inbox");
  await panel.locator(".note").first().waitFor();
  return panel;
}
