/** A call that is full, seen by who comes last. */
import { assertEquals } from "@std/assert";
import { MAX_PEOPLE } from "../../lib/calls/limits.ts";
import type { SignedIn } from "../support/app.ts";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { inRoom, ROOM_API } from "../support/guild_room.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

const FLAGS = [
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
];

stageTest(
  "whoever finds a call full is told so, and gets in when somebody has left",
  async ({ app, browser }) => {
    const mara = await app.signIn("demo-owner");
    const jonas = await app.signIn("demo-member");
    await using owner = await browser.person(mara);
    const page = await inRoom(owner);
    const { call } = await mara.must("POST", `${ROOM_API}/calls`, {});
    const handles = [
      "ines-duarte",
      "tomas-novak",
      "aiko-tanaka",
      "sam-whitfield",
      "leila-haddad",
    ];
    const callers = [
      jonas,
      ...await Promise.all(handles.map((handle) => app.signIn(handle))),
    ];
    assertEquals(callers.length, MAX_PEOPLE);
    const act = async (who: SignedIn, what: "join" | "leave") =>
      await who.must("POST", `/api/calls/${call.id}/${what}`, {
        peer: `tab-of-${who.handle}`,
      });
    for (const who of callers) await act(who, "join");
    await page.getByRole("link", { name: `${MAX_PEOPLE}` }).and(
      page.locator(".call-join"),
    ).waitFor();
    const [window] = await Promise.all([
      page.waitForEvent("popup"),
      page.locator(".call-join").click(),
    ]);
    await window.getByRole("heading", { name: "The call is full" })
      .waitFor();
    await window.getByRole("status").getByText(
      `${MAX_PEOPLE} people are in it`,
    ).waitFor();
    await saveScreenshots(window, "call-full");
    assertEquals(await accessibilityViolations(window), []);
    await act(callers.at(-1)!, "leave");
    // Who thinks better of it while they are being let in is not in it afterwards.
    const joining = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    await window.route(/\/join$/, async (route) => {
      const response = await route.fetch();
      joining.resolve();
      await left.promise;
      await route.fulfill({ response });
    });
    await window.getByRole("link", { name: "Join again" }).press("Enter");
    await joining.promise;
    await window.getByRole("button", { name: "Leave call" }).click();
    await window.getByRole("heading", { name: "You have left the call" })
      .waitFor();
    left.resolve();
    await waitFor(async () => {
      const answer = await mara.fetch(`/api/calls/${call.id}`);
      const { people } = (await answer.json()).call;
      return Object.keys(people).length === MAX_PEOPLE - 1;
    }, { what: "the call to be without who has left" });
    await window.close();
    for (const who of callers) await act(who, "leave");
    assertEquals(
      owner.problems.filter((problem) =>
        // The full call's refusal; screenshots bring styles of their own.
        !/status of 409 .*\/join|inline style/.test(problem)
      ),
      [],
    );
  },
  { flags: FLAGS },
);
