/**
 * The switch for push messages, pressed. The browser's own push service is not on this machine, so `PushManager` is
 * replaced at its edge: what it hands out has real keys and leads to the test's push service, which decrypts what comes.
 */
import { assertEquals } from "@std/assert";
import { AppProcess, type SignedIn } from "../support/app.ts";
import {
  accessibilityViolations,
  saveScreenshots,
  TestBrowser,
} from "../support/browser.ts";
import { loopbackCertificate } from "../support/certificate.ts";
import { PushService } from "../support/push_service.ts";
import { waitFor } from "../support/wait.ts";

interface Given {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

/** `PushManager` as a browser with a push service has it; every subscription has an endpoint of its own. */
function replacePushManager(given: Given) {
  const kept = "test-push";
  const made = (json: Given) =>
    ({
      endpoint: json.endpoint,
      toJSON: () => json,
      unsubscribe() {
        localStorage.removeItem(kept);
        return Promise.resolve(true);
      },
    }) as unknown as PushSubscription;
  PushManager.prototype.getSubscription = () => {
    const text = localStorage.getItem(kept);
    return Promise.resolve(text === null ? null : made(JSON.parse(text)));
  };
  PushManager.prototype.subscribe = (options) => {
    // An uncompressed point of P-256, or no browser takes it.
    const key = atob(
      String(options?.applicationServerKey).replace(/-/g, "+")
        .replace(/_/g, "/"),
    );
    if (!options?.userVisibleOnly || key.length !== 65 || key[0] !== "\x04") {
      return Promise.reject(new TypeError("Not a push subscription's options"));
    }
    const n = Number(localStorage.getItem("test-push-n") ?? 0) + 1;
    localStorage.setItem("test-push-n", String(n));
    const json = { ...given, endpoint: `${given.endpoint}-${n}` };
    localStorage.setItem(kept, JSON.stringify(json));
    return Promise.resolve(made(json));
  };
  // This Chromium has no way to ask anybody.
  Notification.requestPermission = () => Promise.resolve("granted");
  Object.defineProperty(Notification, "permission", { get: () => "default" });
}

Deno.test({
  name:
    "push is allowed by a press, comes encrypted, ends when its service says so, and is stopped by a press",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const directory = await Deno.makeTempDir();
    try {
      const tls = loopbackCertificate();
      await Deno.writeTextFile(`${directory}/cert.pem`, tls.cert);
      await using push = new PushService(tls);
      await using app = await AppProcess.start({
        kvPath: `${directory}/kv.db`,
        env: { DENO_CERT: `${directory}/cert.pem` },
      });
      await using browser = await TestBrowser.launch();
      const who = await app.signIn("demo-member");
      const friend = await app.signIn("demo-owner");
      await using person = await browser.person(who, { worker: true });
      await person.context.grantPermissions(["notifications"]);
      await person.context.addInitScript(
        replacePushManager,
        push.subscription("browser", push.local),
      );
      const page = await person.open("/settings/notifications");
      const box = page.locator(".push-switch");
      const subscriptions = async () => {
        const answer = await who.fetch("/api/push/subscriptions");
        return (await answer.json()).subscriptions as { id: string }[];
      };

      await t.step("a press allows it", async () => {
        await box.getByText("Push is off in this browser").waitFor();
        await box.getByRole("button", { name: "Allow push here" }).click();
        await box.getByText("Push is on in this browser").waitFor();
        assertEquals((await subscriptions()).length, 1);
        await page.reload();
        await box.getByText("Push is on in this browser").waitFor();
      });

      await t.step("what comes is decrypted by the browser alone", async () => {
        await promote(friend);
        await waitFor(() => push.pushed.length === 1, {
          what: "a push message",
          timeout: 30_000,
        });
        const [message] = push.pushed;
        assertEquals(message!.path, "/push/browser-1");
        assertEquals(
          message!.data.title,
          "⭐ You are an officer of Lantern Works",
        );
        assertEquals(message!.headers.get("content-encoding"), "aes128gcm");
      });

      await t.step(
        "one that has expired is forgotten, and the page says so",
        async () => {
          push.answers.set("/push/browser-1", [410]);
          await demote(friend);
          await promote(friend);
          await waitFor(async () => (await subscriptions()).length === 0, {
            what: "the subscription to be forgotten",
            timeout: 30_000,
          });
          await page.reload();
          await box.getByText("Push has ended in this browser").waitFor();
          assertEquals(await accessibilityViolations(page), []);
          await saveScreenshots(page, "push-ended");
          await box.getByRole("button", { name: "Allow push here" }).click();
          await box.getByText("Push is on in this browser").waitFor();
          assertEquals((await subscriptions()).length, 1);
          await demote(friend);
          await promote(friend);
          await waitFor(
            () => push.pushed.some(({ path }) => path === "/push/browser-2"),
            { what: "a push to the new subscription", timeout: 30_000 },
          );
        },
      );

      await t.step("a press stops it", async () => {
        await box.getByRole("button", { name: "Stop push here" }).click();
        await box.getByText("Push is off in this browser").waitFor();
        assertEquals(await subscriptions(), []);
      });
      assertEquals(person.problems, []);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});

const setRole = async (by: SignedIn, role: string) => {
  const answer = await by.fetch("/api/guilds/demo-guild/members/demo_member", {
    method: "PATCH",
    json: { role },
  });
  assertEquals(answer.status, 200, await answer.text());
};
const promote = (by: SignedIn) => setRole(by, "officer");
const demote = (by: SignedIn) => setRole(by, "member");
