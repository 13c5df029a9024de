import { type Clock, SECOND } from "../clock.ts";
import { type AppCredentials, hmacHex } from "./auth.ts";
import type { DeliveryOutcome, Endpoint } from "./webhook_types.ts";

const TIMEOUT = 10 * SECOND;

export interface PostDeps {
  now: Clock;
  app: AppCredentials;
  fetch?: typeof fetch;
  /** Is told how each attempt ended; must not throw. */
  delivered?: (outcome: DeliveryOutcome) => void;
}

/** What goes to one endpoint in one request. */
export interface WebhookPost {
  endpoint: Endpoint;
  time_ms: number;
  events: { name: string }[];
  /** 1 for the first. */
  attempt: number;
  signal?: AbortSignal;
}

/** One signed request. How it ends is told, never thrown. */
export async function postWebhook(
  deps: PostDeps,
  { endpoint, time_ms, events, attempt, signal }: WebhookPost,
): Promise<DeliveryOutcome> {
  const body = JSON.stringify({ time_ms, events });
  const started = performance.now();
  let status: number | null = null;
  let error: string | null = null;
  let ok = false;
  const late = AbortSignal.timeout(TIMEOUT);
  try {
    const response = await (deps.fetch ?? fetch)(endpoint.url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        "x-pusher-key": deps.app.key,
        "x-pusher-signature": hmacHex(deps.app.secret, body),
      },
      body,
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    await response.body?.cancel();
    ({ status, ok } = response);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  const outcome: DeliveryOutcome = {
    endpointId: endpoint.id,
    url: endpoint.url,
    at: deps.now(),
    ms: Math.round(performance.now() - started),
    ok,
    status,
    error,
    events: events.map((event) => event.name),
    attempt,
  };
  deps.delivered?.(outcome);
  return outcome;
}
