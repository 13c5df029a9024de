import "../components/core.ts";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { usePushReader } from "../lib/i18n/live_push.ts";

/** Push in this browser: it cannot, it is blocked, off, or on. */
type PushState = "unknown" | "unsupported" | "denied" | "off" | "on";

/** Allows this browser to take push messages, or stops it. Nothing is asked before somebody presses the button. */
export default function PushSwitch() {
  const { t } = usePushReader();
  const state = useSignal<PushState>("unknown");
  const busy = useSignal(false);
  const failed = useSignal(false);

  useEffect(() => {
    readState().then((now) => state.value = now, () => {
      state.value = "unsupported";
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
        {failed.value ? t("push.failed") : t(on ? "push.on" : "push.off")}
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
  const registration = await navigator.serviceWorker.getRegistration("/");
  return await registration?.pushManager.getSubscription() ? "on" : "off";
}

async function enable(): Promise<void> {
  if (await Notification.requestPermission() !== "granted") return;
  const registration = await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
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
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
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
