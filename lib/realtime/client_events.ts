import type { Policy } from "../auth/policy.ts";
import type { Connection } from "./connection.ts";
import { Bucket, exceeds, type Limits } from "./limits.ts";
import type { EventLog } from "./log/types.ts";
import type { Metrics } from "./metrics.ts";
import type { WebhookEvent } from "./webhooks.ts";

export interface ClientEventsOptions {
  log: EventLog;
  policy: Policy;
  limits: Limits;
  metrics: Metrics;
  now: () => number;
  emit: (event: WebhookEvent) => void;
}

/** Events that clients send each other: on private and presence channels, volatile, never echoed. */
export class ClientEvents {
  readonly #options: ClientEventsOptions;

  constructor(options: ClientEventsOptions) {
    this.#options = options;
  }

  async publish(
    connection: Connection,
    request: { event: string; channel: string; data?: unknown },
  ): Promise<void> {
    const { log, policy, limits, metrics, now, emit } = this.#options;
    const refuse = (code: number | null, message: string) => {
      metrics.drop("client_event_refused");
      connection.error(code, message, request.channel);
    };
    const subscription = connection.subscriptions.get(request.channel);
    if (!subscription) {
      return refuse(
        null,
        "Subscribe to the channel before sending client events to it",
      );
    }
    const { channel, member } = subscription;
    const userId = member?.user_id;
    if (channel.access !== "private" && channel.access !== "presence") {
      return refuse(
        null,
        "Client events are for private and presence channels only",
      );
    }
    if (channel.subject.kind === "server-to-user") {
      return refuse(null, "Only servers send on this channel");
    }
    connection.clientEvents ??= new Bucket(
      limits.clientEventsPerSecond,
      limits.clientEventsPerSecond,
      now(),
    );
    if (!connection.clientEvents.take(now())) {
      metrics.drop("client_event_rate");
      connection.error(
        4301,
        `At most ${limits.clientEventsPerSecond} client events a second`,
        request.channel,
      );
      return;
    }
    const data = typeof request.data === "string"
      ? request.data
      : JSON.stringify(request.data ?? null);
    if (exceeds(data, limits.eventBytes)) {
      return refuse(
        null,
        `The data of an event holds at most ${limits.eventBytes} bytes`,
      );
    }
    const own = channel.subject.kind !== "app";
    if (own && !await policy.may(connection.info.actor, "write", channel)) {
      return refuse(null, "You may not write to this channel");
    }
    await log.append({
      events: [{
        channel: channel.name,
        event: request.event,
        data,
        except: connection.id,
        volatile: true,
        ...(userId !== undefined && { userId }),
      }],
    });
    emit({
      name: "client_event",
      channel: channel.name,
      event: request.event,
      data,
      socket_id: connection.id,
      ...(userId !== undefined && { user_id: userId }),
    });
  }
}
