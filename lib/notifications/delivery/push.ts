import { buildPushPayload } from "@block65/webcrypto-web-push";
import { DAY, SECOND } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import { requirePublic } from "../../http/public_address.ts";
import type { NotificationAction, NotificationView } from "../types.ts";
import type { Subscription } from "./subscriptions.ts";
import type { DeliveryDeps } from "./types.ts";

/** What the service worker gets: `static/sw.js` shows it. */
export interface PushPayload {
  /** `null` for one that stands for several. */
  id: string | null;
  title: string;
  body: string;
  /** Path that a click opens. */
  link: string;
  /** One with the same tag takes the place of the one before. */
  tag: string;
  actions: NotificationAction[];
  /** Unread notifications, for the badge of the app's icon. */
  unread: number;
}

/** A push message holds 4 KiB with its encryption; what is shown is far shorter. */
const BODY_SHOWN = 300;

export function payloadOf(
  view: NotificationView,
  unread: number,
): PushPayload {
  const { id, emoji, title, body, link, actions } = view;
  return {
    id,
    title: `${emoji} ${title}`,
    body: body.length > BODY_SHOWN ? `${body.slice(0, BODY_SHOWN - 1)}…` : body,
    link,
    tag: id,
    actions: actions.slice(0, 2),
    unread,
  };
}

export interface PushOutcome {
  /** `gone`: the browser has ended its subscription. `later`: worth another try. */
  result: "delivered" | "gone" | "later" | "refused";
  /** In plain words. */
  detail: string;
}

/** Milliseconds that a push service may take to answer. */
const TIMEOUT = 10 * SECOND;
/** Milliseconds that it keeps a message for a browser that is off. */
const LIFE = 3 * DAY;

/**
 * Encrypts a message for one browser (RFC 8291) and gives it to its push service. How that went is told, not thrown.
 * The topic makes a message that still waits there be replaced, not doubled, when it is sent again.
 */
export async function sendPush(
  deps: Pick<DeliveryDeps, "vapid" | "production" | "fetch" | "resolve">,
  { endpoint, keys }: Subscription,
  payload: PushPayload,
  { urgent, topic }: { urgent: boolean; topic: string },
): Promise<PushOutcome> {
  const url = new URL(endpoint);
  let request: Awaited<ReturnType<typeof buildPushPayload>>;
  try {
    await requirePublic(url, deps);
    request = await buildPushPayload(
      {
        data: JSON.parse(JSON.stringify(payload)),
        options: {
          ttl: LIFE / SECOND,
          urgency: urgent ? "high" : "normal",
          topic,
        },
      },
      { endpoint, expirationTime: null, keys },
      await deps.vapid(),
    );
  } catch (error) {
    if (error instanceof NexoraError && error.code !== "bad_request") {
      return { result: "later", detail: error.message };
    }
    // Keys that are no point of the curve, or an address that may not be called.
    const why = error instanceof Error ? error.message : String(error);
    return { result: "refused", detail: `It cannot be sent: ${why}` };
  }
  try {
    const response = await (deps.fetch ?? fetch)(endpoint, {
      ...request,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    return judge(response.status, url.host);
  } catch {
    // Only that it failed: what a host of the client's choice did in detail is nothing to tell.
    return { result: "later", detail: `${url.host} did not answer` };
  }
}

function judge(status: number, host: string): PushOutcome {
  const detail = `${host} answered ${status}`;
  if (status >= 200 && status < 300) return { result: "delivered", detail };
  if (status === 404 || status === 410) return { result: "gone", detail };
  if (status === 429 || status >= 500) return { result: "later", detail };
  return { result: "refused", detail };
}
