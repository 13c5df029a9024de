import "../components/core.ts";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { usePushReader } from "../lib/i18n/live_push.ts";

/**
 * Push in this browser: it cannot, it is blocked, off, on, or `lost`: it believes that it is on, but the server sends
 * nothing there any more (the push service gave it up, the session that allowed it has ended).
 */
type PushState = "unknown" | "unsupported" | "denied" | "off" | "on" | "lost";

/** Allows this browser to take push messages, or stops it. Nothing is asked before somebody presses the button. */
export default function PushSwitch() {
  const { t } = usePushReader();
  const state = useSignal<PushState>("unknown");
  const busy = useSignal(false);
  const failed = useSignal(false);

  useEffect(() => {
    readState().then((now) => state.value = now, () => {
      failed.value = true;
      state.value = "off";
    });
  }, []);

  const change = async (act: () => Promise<void>) => {
    busy.value = true;
    failed.value = false;
    try {
      await act();
    } catch {
      failed.value = true;
    } finally {
      state.value = await readState().catch(() => state.value);
      busy.value = false;
    }
  };

  if (state.value === "unknown") {
    return <p class="push-switch quiet-text" aria-hidden="true">…</p>;
  }
  if (state.value === "unsupported" || state.value === "denied") {
    return (
      <p class="push-switch quiet-text" role="status">
        {t(`push.${state.value}`)}
      </p>
    );
  }
  const on = state.value === "on";
  return (
    <div class="push-switch">
      <p role="status">
        <span class={`push-lamp ${on ? "lit" : ""}`} aria-hidden="true" />
        {failed.value
          ? t("push.failed")
          : t(`push.${on ? "on" : state.value === "lost" ? "lost" : "off"}`)}
      </p>
      <button
        type="button"
        class={`button small ${on ? "" : "primary"}`}
        disabled={busy.value}
        onClick={() => change(on ? disable : enable)}
      >
        {t(on ? "push.disable" : "push.enable")}
      </button>
    </div>
  );
}

async function readState(): Promise<PushState> {
  if (
    !("serviceWorker" in navigator) || !("PushManager" in globalThis) ||
    !("Notification" in globalThis)
  ) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const subscription = await present();
  if (!subscription) return "off";
  const [id, { subscriptions }] = await Promise.all([
    idOf(subscription.endpoint),
    tell("GET", "/api/push/subscriptions"),
  ]);
  return subscriptions.some((one: { id: string }) => one.id === id)
    ? "on"
    : "lost";
}

async function present(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return await registration?.pushManager.getSubscription() ?? null;
}

/** What the server calls it: see `GET /api/push/subscriptions`. */
async function idOf(endpoint: string): Promise<string> {
  const bytes = new TextEncoder().encode(endpoint);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.slice(0, 16)].map((byte) =>
    byte.toString(16).padStart(2, "0")
  ).join("");
}

async function enable(): Promise<void> {
  if (await Notification.requestPermission() !== "granted") return;
  const registration = await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  // One that was lost may be dead at its push service: it makes room for a new one.
  await (await present())?.unsubscribe();
  const { publicKey } = await tell("GET", "/api/push/key");
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  await tell("POST", "/api/push/subscriptions", {
    subscription: subscription.toJSON(),
  });
}

async function disable(): Promise<void> {
  const subscription = await present();
  if (!subscription) return;
  const { endpoint } = subscription;
  await tell("DELETE", "/api/push/subscriptions", { endpoint });
  await subscription.unsubscribe();
}

async function tell(method: string, path: string, body?: unknown) {
  const response = await fetch(path, {
    method,
    ...body === undefined ? {} : {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.status === 204 ? {} : await response.json();
}
