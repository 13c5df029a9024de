/** Files in a conversation: chosen, dropped and pasted, seen by the other, taken back, and refused in words. */
import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { pngOf } from "../support/images.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

stageTest(
  "files are chosen, dropped, pasted, sent, seen and refused",
  async ({ app, browser, step }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(
      await app.signIn("demo-member"),
    );
    const mine = await owner.open("/messages/demo-member");
    const theirs = await member.open("/messages/demo-owner");
    for (const page of [mine, theirs]) {
      await page.locator("button.bell[aria-expanded]").waitFor();
    }
    const input = mine.locator('.composer input[type="file"]');
    const tray = mine.locator(".upload");
    const buffer = Buffer.from(pngOf(320, 200, [40, 120, 220]));
    const picture = { name: "harbour.png", mimeType: "image/png", buffer };
    const text = (name: string, size: number) => ({
      name,
      mimeType: "text/plain",
      buffer: Buffer.alloc(size, "x"),
    });

    await step(
      "a picture and a file go with a message and are seen",
      async () => {
        await input.setInputFiles([picture, text("notes.txt", 2_000)]);
        await mine.locator('.upload[data-state="done"]').nth(1).waitFor();
        await saveScreenshots(mine, "chat-uploads");
        assertEquals(await accessibilityViolations(mine), []);
        const field = mine.getByRole("textbox", { name: "Write a message" });
        await field.fill("The harbour at noon");
        await field.press("Enter");
        const arrived = theirs.locator("[data-message-id]", {
          hasText: "The harbour at noon",
        });
        await waitFor(
          () =>
            arrived.locator("img").evaluateAll((images) =>
              images.some((image) =>
                (image as HTMLImageElement).naturalWidth === 320
              )
            ),
          { what: "the picture to be seen" },
        );
        await arrived.getByRole("link", { name: /notes\.txt/ }).waitFor();
        assertEquals(await tray.count(), 0);
        await saveScreenshots(theirs, "chat-files");
      },
    );

    await step("files alone make a message", async () => {
      await input.setInputFiles(text("alone.txt", 10));
      await mine.locator('.upload[data-state="done"]').waitFor();
      await mine.getByRole("button", { name: "Send", exact: true }).click();
      await theirs.getByRole("link", { name: /alone\.txt/ }).waitFor();
    });

    await step(
      "dropped and pasted files are taken, and can be taken back",
      async () => {
        for (const type of ["drop", "paste"]) {
          await mine.locator(".chat").first().evaluate((chat, type) => {
            const data = new DataTransfer();
            data.items.add(new File(["hello"], `${type}ped.txt`));
            chat.dispatchEvent(
              type === "drop"
                ? new DragEvent("drop", {
                  dataTransfer: data,
                  bubbles: true,
                  cancelable: true,
                })
                : new ClipboardEvent("paste", {
                  clipboardData: data,
                  bubbles: true,
                  cancelable: true,
                }),
            );
          }, type);
        }
        await mine.locator('.upload[data-state="done"]').nth(1).waitFor();
        for (const left of [1, 0]) {
          await mine.getByRole("button", { name: /^Remove / }).first()
            .click();
          await waitFor(async () => await tray.count() === left, {
            what: `${left} files`,
          });
        }
      },
    );

    await step(
      "a file that is too large is refused before it is sent",
      async () => {
        await input.setInputFiles(text("huge.bin", 25_000_001));
        await mine.getByText("Larger than 25 MB").waitFor();
        await mine.getByRole("button", { name: "Remove huge.bin" }).click();
      },
    );

    assertEquals(
      [...owner.problems, ...member.problems].filter((problem) =>
        !problem.includes("inline style")
      ),
      [],
    );
  },
);
