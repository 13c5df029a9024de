/** What browser tests do with notifications: cause them, count them, open the bell. */
import { assert } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import type { SignedIn } from "./app.ts";
import { waitFor } from "./wait.ts";

/** A request that has to succeed. */
export async function call(
  who: SignedIn,
  method: string,
  path: string,
  json?: unknown,
): Promise<void> {
  const { status, text } = await who.ask(method, path, json);
  assert(status < 300, `${method} ${path}: ${status} ${text}`);
}

/**
 * Has somebody join the guild and, for more than one, name its leader there: so many notifications to who leads it.
 * Joining again would be added to the notification that is there.
 */
export async function join(who: SignedIn, times: number): Promise<void> {
  await call(who, "POST", "/api/guilds/demo-guild/members");
  for (let i = 1; i < times; i++) {
    await call(who, "POST", "/api/channels/guild-demo-guild/messages", {
      content: `Look at this, @demo-owner (${i})`,
    });
  }
  await call(who, "DELETE", "/api/guilds/demo-guild/members/me");
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
