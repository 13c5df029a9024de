/** Two people call each other with Chromium's fake microphone and camera: they hear and see, and what breaks heals. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  accessibilityViolations,
  type Person,
  saveScreenshots,
} from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";

/** Fake devices that the browser allows by itself; addresses as they are, since nobody answers mDNS here. */
const FLAGS = [
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
];

/** Whether everybody else's picture moves and their sound arrives, counted by what the tiles play. */
async function playing(page: Page): Promise<number> {
  return await page.evaluate(() =>
    [...document.querySelectorAll<HTMLVideoElement>(".call-tile video")]
      .filter((video) => {
        const stream = video.srcObject as MediaStream | null;
        return !video.muted && !video.hidden && video.videoWidth > 0 &&
          video.currentTime > 0 &&
          stream?.getAudioTracks().some((track) => !track.muted);
      }).length
  );
}

/** Presses what opens a call's window, and returns that window. */
async function opening(page: Page, press: () => Promise<void>): Promise<Page> {
  const [call] = await Promise.all([page.waitForEvent("popup"), press()]);
  await call.waitForLoadState("load");
  return call;
}

async function inRoom(person: Person, path: string): Promise<Page> {
  const page = await person.open(path);
  await page.locator("button.bell[aria-expanded]").waitFor();
  return page;
}

stageTest(
  "a call between two: rings, is answered, is heard and seen, and is over for both",
  async ({ app, browser, step }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(
      await app.signIn("demo-member"),
      { scheme: "dark" },
    );
    const room = await inRoom(owner, "/messages/demo-member");
    const elsewhere = await inRoom(member, "/notifications");
    let caller!: Page;
    let callee!: Page;

    await step("it rings on whatever page the other is", async () => {
      caller = await opening(
        room,
        () => room.getByRole("link", { name: "Start a video call" }).click(),
      );
      await elsewhere.getByRole("alertdialog", { name: "Incoming call" })
        .waitFor();
      await saveScreenshots(elsewhere, "call-ringing");
      assertEquals(await accessibilityViolations(elsewhere), []);
    });

    await step("answered, both hear and see each other", async () => {
      callee = await opening(
        elsewhere,
        () => elsewhere.getByRole("link", { name: "Answer" }).click(),
      );
      for (const page of [caller, callee]) {
        await page.getByRole("button", { name: "Leave call" }).waitFor();
      }
      // The call has pictures, so the other's camera is on, too.
      for (const page of [caller, callee]) {
        await waitFor(async () => await playing(page) === 1, {
          what: "the other's sound and moving picture",
          timeout: 20_000,
        });
      }
      await saveScreenshots(caller, "call");
      assertEquals(await accessibilityViolations(callee), []);
    });

    await step(
      "muting and the camera are seen by the other, and need no new connection",
      async () => {
        await callee.getByRole("button", { name: "Mute microphone" }).click();
        await caller.locator(".call-tile", { hasText: "muted" }).waitFor();
        await callee.getByRole("button", { name: "Turn camera off" }).click();
        await waitFor(async () => await playing(caller) === 0, {
          what: "the picture to go",
        });
        await callee.getByRole("button", { name: "Turn camera on" }).click();
        await callee.getByRole("button", { name: "Unmute microphone" })
          .click();
        await waitFor(async () => await playing(caller) === 1, {
          what: "the picture to come back",
        });
      },
    );

    await step("a shared screen takes the camera's place", async () => {
      // A headless browser has no screen to share: a canvas stands in for it.
      await callee.evaluate(() => {
        navigator.mediaDevices.getDisplayMedia = () => {
          const canvas = document.createElement("canvas");
          canvas.width = 800;
          canvas.height = 450;
          const paint = canvas.getContext("2d")!;
          setInterval(() => {
            paint.fillStyle = `hsl(${Date.now() / 10 % 360} 60% 50%)`;
            paint.fillRect(0, 0, 800, 450);
          }, 40);
          return Promise.resolve(canvas.captureStream(25));
        };
      });
      await callee.getByRole("button", { name: "Share screen" }).click();
      await caller.locator('.call-tile[data-screen="true"]').waitFor();
      await waitFor(
        () =>
          caller.evaluate(() =>
            [...document.querySelectorAll<HTMLVideoElement>(
              '.call-tile[data-screen="true"] video',
            )].some((video) => video.videoWidth / video.videoHeight > 1.7)
          ),
        { what: "the screen's picture" },
      );
      await callee.getByRole("button", { name: "Stop sharing" }).click();
      await caller.locator('.call-tile[data-screen="true"]').waitFor({
        state: "detached",
      });
    });

    await step("a device can be chosen", async () => {
      await callee.getByRole("button", { name: "Devices" }).click();
      const cameras = callee.getByRole("combobox", { name: "Camera" });
      const names = await cameras.locator("option").allTextContents();
      const found = await callee.evaluate(async () =>
        (await navigator.mediaDevices.enumerateDevices())
          .filter(({ kind }) => kind === "videoinput").length
      );
      assertEquals(names.length, found + 1);
      await cameras.selectOption({ index: 1 });
      await callee.keyboard.press("Escape");
      await waitFor(async () => await playing(caller) === 1, {
        what: "the chosen camera's picture",
      });
    });

    await step(
      "a server that is gone for a while does not end it",
      async () => {
        await app.restart();
        for (const page of [caller, callee]) {
          assertEquals(await playing(page), 1);
        }
        // Signals go through the new server, both ways: each has found it again.
        for (
          const [from, to] of [[callee, caller], [caller, callee]] as const
        ) {
          await waitFor(async () => {
            await from.getByRole("button", { name: /ute microphone/ }).click();
            return await to.locator(".call-tile", { hasText: "muted" })
              .count() > 0;
          }, { what: "a word through the restarted server", timeout: 30_000 });
        }
      },
    );

    await step("it ends for both when one hangs up", async () => {
      await caller.getByRole("button", { name: "Leave call" }).click();
      await caller.getByRole("heading", { name: "You have left the call" })
        .waitFor();
      await callee.getByRole("heading", { name: "The call has ended" })
        .waitFor();
      await saveScreenshots(callee, "call-ended");
      await room.getByRole("link", { name: "Start a call" }).waitFor();
    });

    await step("declining is told to the caller", async () => {
      await caller.close();
      const again = await opening(
        room,
        () => room.getByRole("link", { name: "Start a call" }).click(),
      );
      await elsewhere.getByRole("button", { name: "Decline" }).click();
      await again.getByRole("heading", { name: "The call was declined" })
        .waitFor();
      await elsewhere.getByRole("alertdialog").waitFor({ state: "detached" });
    });

    await step("an outsider reaches nothing of it", async () => {
      const outsider = await app.signIn("demo-outsider");
      const start = await outsider.fetch(
        "/api/channels/guild-demo-guild/calls",
        { method: "POST", json: {} },
      );
      assertEquals(start.status, 403);
      await start.body?.cancel();
    });

    assertEquals(
      [...owner.problems, ...member.problems].filter((problem) =>
        // The restart above cuts requests and sockets that were under way; screenshots bring styles of their own.
        !/WebSocket|ERR_CONNECTION|ERR_EMPTY|Failed to load|503|inline style/
          .test(problem)
      ),
      [],
    );
  },
  { flags: FLAGS },
);
