import { z } from "zod";

export const WEBHOOK_TYPES = [
  "channel_occupied",
  "channel_vacated",
  "member_added",
  "member_removed",
  "client_event",
  "cache_miss",
  "subscription_count",
] as const;
export type WebhookType = typeof WEBHOOK_TYPES[number];

/** One event of a webhook body (source: Pusher Channels, "Webhooks"). */
export interface WebhookEvent {
  name: WebhookType;
  channel: string;
  user_id?: string;
  event?: string;
  data?: string;
  socket_id?: string;
  subscription_count?: number;
}

/** Where webhooks go. */
export const Endpoint = z.object({
  id: z.string().min(1).max(64),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  types: z.array(z.enum(WEBHOOK_TYPES)).min(1),
});
export type Endpoint = z.infer<typeof Endpoint>;

/** How an attempt to deliver ended. */
export interface DeliveryOutcome {
  endpointId: string;
  url: string;
  /** Milliseconds since the epoch, at its end. */
  at: number;
  ms: number;
  ok: boolean;
  /** HTTP status; `null` when no answer came. */
  status: number | null;
  /** Why no answer came. */
  error: string | null;
  /** Names of the events. */
  events: string[];
  attempt: number;
}
