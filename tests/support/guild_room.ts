/** A guild's room in a browser, and what stands in it. */
import type { Page } from "playwright-core";
import type { Person } from "./browser.ts";

export const ROOM = "/guilds/demo-guild";
export const ROOM_API = "/api/channels/guild-demo-guild";

export const messageField = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });

/** Somebody in the pane of people. */
export const inPane = (page: Page, name: string) =>
  page.locator("a.person", { hasText: name });

/** Opens the room, and waits until it is live. */
export async function inRoom(person: Person): Promise<Page> {
  const page = await person.open(ROOM);
  await page.locator("button.bell[aria-expanded]").waitFor();
  await page.locator(".person[data-online=true]").first().waitFor({
    state: "attached",
  });
  return page;
}
