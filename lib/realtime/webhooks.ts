import { z } from "zod";
import { type Clock, MINUTE, SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { commit, del, keys, type Mutation, set, unchanged } from "../kv/mod.ts";
import type { Job, NewJob, Queue } from "../queue/types.ts";
import type { AppCredentials } from "./auth.ts";
import { InFlight } from "./webhook_in_flight.ts";
import { gather, WebhookOutbox } from "./webhook_outbox.ts";
import { postWebhook } from "./webhook_post.ts";
import {
  type DeliveryOutcome,
  Endpoint,
  type WebhookEvent,
} from "./webhook_types.ts";

export {
  type DeliveryOutcome,
  Endpoint,
  WEBHOOK_TYPES,
  type WebhookEvent,
  type WebhookType,
} from "./webhook_types.ts";

export interface WebhooksOptions {
  kv: Deno.Kv;
  now: Clock;
  queue: Queue;
  app: AppCredentials;
  /** Endpoints of the environment. */
  fixed: Endpoint[];
  /** Subscribers of a channel over all isolates. */
  total: (channel: string) => Promise<number>;
  fetch?: typeof fetch;
  /** Is told how each attempt ended; must not throw. */
  delivered?: (outcome: DeliveryOutcome) => void;
}

/** The kind of the jobs that deliver. */
export const DELIVER = "webhook";
const VACATED = "webhook-vacated";
/** A channel that fills again within this time was never empty (source: Pusher Channels). */
const DEBOUNCE = 3 * SECOND;
const RETRY_FOR = 5 * MINUTE;
/** Time ends the attempts, not their number: to be put off counts as one. */
const ATTEMPTS = 1_000;
/** How often a delivery waits for a place though it is old. */
const PUT_OFFS = 100;
/** Bounds of the time between two attempts, which doubles as the event ages. */
const RETRY_FIRST = SECOND;
const RETRY_LAST = MINUTE;
const REFRESH = 5 * SECOND;

/** There while `channel_occupied` has been told and `channel_vacated` has not. */
interface Announced {
  /** Milliseconds; when it last lost its last subscriber. */
  emptiedAt?: number;
}

const Delivery = z.object({
  endpointId: z.string(),
  time_ms: z.number(),
  events: z.array(z.looseObject({ name: z.string() })),
});

/** Tells other servers what happens on channels: signed, through the job queue, never in the way of a delivery. */
export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #outbox = new WebhookOutbox((events) => this.#enqueue(events));
  readonly #inFlight = new InFlight();
  #endpoints: Endpoint[];
  #refreshed = 0;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#endpoints = options.fixed;
    options.queue.handle(DELIVER, (job, signal) => this.#deliver(job, signal));
    options.queue.handle(
      VACATED,
      (job) =>
        this.#vacated(
          z.object({ channel: z.string() }).parse(job.payload).channel,
        ),
    );
  }

  /** Endpoints of the environment and of the admins. */
  async endpoints(): Promise<Endpoint[]> {
    const { kv, fixed } = this.#options;
    const found = [...fixed];
    for await (
      const { value } of kv.list<Endpoint>({ prefix: keys.webhooks() })
    ) found.push(value);
    this.#endpoints = found;
    this.#refreshed = this.#options.now();
    return found;
  }

  async save(endpoint: Endpoint): Promise<void> {
    if (this.#options.fixed.some((e) => e.id === endpoint.id)) {
      throw new NexoraError(
        "conflict",
        "This endpoint is set by the environment",
      );
    }
    await commit(this.#options.kv, {
      mutations: [set(keys.webhook(endpoint.id), Endpoint.parse(endpoint))],
    });
    await this.endpoints();
  }

  async remove(id: string): Promise<void> {
    await commit(this.#options.kv, { mutations: [del(keys.webhook(id))] });
    await this.endpoints();
  }

  /**
   * Sends an endpoint an event that never happened, now and once.
   *
   * @throws {NexoraError} `not_found`
   */
  async test(id: string): Promise<DeliveryOutcome> {
    const endpoint = (await this.endpoints()).find((e) => e.id === id);
    if (!endpoint) throw new NexoraError("not_found", "No such endpoint");
    const event: WebhookEvent = {
      name: endpoint.types[0]!,
      channel: "nexora-webhook-test",
    };
    return await postWebhook(this.#options, {
      endpoint,
      time_ms: this.#options.now(),
      events: [event],
      attempt: 1,
    });
  }

  /** The jobs that tell of events; empty where nobody wants to know. For the atomic of the change itself. */
  jobs(...events: WebhookEvent[]): NewJob[] {
    this.#refresh();
    const time_ms = this.#options.now();
    return this.#endpoints.flatMap((e) =>
      gather(events.filter((event) => e.types.includes(event.name))).map((
        events,
      ) => ({
        kind: DELIVER,
        payload: { endpointId: e.id, time_ms, events },
        maxAttempts: ATTEMPTS,
      }))
    );
  }

  /** Tells of an event that no commit causes, a moment later, together with others. Never throws. */
  emit(event: WebhookEvent): void {
    this.#refresh();
    if (!this.#endpoints.some((e) => e.types.includes(event.name))) return;
    this.#outbox.add(event);
  }

  /** Resolves once what was emitted is in the queue. */
  async flush(): Promise<void> {
    await this.#outbox.flush();
  }

  async #enqueue(events: WebhookEvent[]): Promise<void> {
    try {
      await this.#options.queue.enqueue(...this.jobs(...events));
    } catch (error) {
      console.error("webhooks not enqueued", error);
    }
  }

  /** Whether anybody wants to know of channels that fill or empty. */
  wantsCounts(): boolean {
    this.#refresh();
    return this.#endpoints.some((e) =>
      e.types.includes("channel_occupied") ||
      e.types.includes("channel_vacated")
    );
  }

  /** A channel's subscribers over all isolates have changed. */
  async counted(channel: string, total: number): Promise<void> {
    const { kv, now, queue } = this.#options;
    const entry = await kv.get<Announced>(keys.announced(channel));
    if (total === 0) {
      if (entry.value === null) return;
      // When it was emptied last: who returns and leaves again is waited for anew.
      await commit(kv, {
        checks: [unchanged(entry)],
        mutations: [set(entry.key, { emptiedAt: now() } satisfies Announced)],
      });
      await queue.enqueue({
        kind: VACATED,
        payload: { channel },
        delay: DEBOUNCE,
        uniqueKey: `vacated:${channel}`,
      });
      return;
    }
    if (entry.value !== null) return;
    const { checks, mutations } = queue.plan(
      this.jobs({ name: "channel_occupied", channel }),
    );
    const told = await commit(kv, {
      checks: [unchanged(entry), ...checks],
      mutations: [set(entry.key, {} satisfies Announced), ...mutations],
    });
    if (told) queue.ring();
  }

  /** Jobs as rows of a presence change's own atomic. */
  plan(event: WebhookEvent): { mutations: Mutation[]; committed: () => void } {
    const jobs = this.jobs(event);
    if (jobs.length === 0) return { mutations: [], committed: () => {} };
    const { queue } = this.#options;
    return {
      mutations: queue.plan(jobs).mutations,
      committed: () => queue.ring(),
    };
  }

  async #vacated(channel: string): Promise<void> {
    const { kv, now, queue, total } = this.#options;
    const entry = await kv.get<Announced>(keys.announced(channel));
    if (entry.value === null || await total(channel) > 0) return;
    const wait = (entry.value.emptiedAt ?? 0) + DEBOUNCE - now();
    if (wait > 0) {
      // Without the unique key, which this job still holds.
      await queue.enqueue({ kind: VACATED, payload: { channel }, delay: wait });
      return;
    }
    const { checks, mutations } = queue.plan(
      this.jobs({ name: "channel_vacated", channel }),
    );
    const told = await commit(kv, {
      checks: [unchanged(entry), ...checks],
      mutations: [del(entry.key), ...mutations],
    });
    if (!told) return;
    queue.ring();
    // Whoever came between the look and the commit took it for announced.
    const since = await total(channel);
    if (since > 0) await this.counted(channel, since);
  }

  async #deliver(job: Job, signal: AbortSignal): Promise<void> {
    const { endpointId, time_ms, events } = Delivery.parse(job.payload);
    const endpoint = (await this.endpoints()).find((e) => e.id === endpointId);
    if (!endpoint) return;
    const left = this.#inFlight.enter(endpoint.id);
    if (!left) {
      throw this.#later(job, `Webhook ${endpoint.id} is busy`, RETRY_FIRST);
    }
    try {
      const outcome = await postWebhook(this.#options, {
        endpoint,
        time_ms,
        events,
        attempt: job.attempt,
        signal,
      });
      if (outcome.ok) return;
      const reason = outcome.error ?? `answered ${outcome.status}`;
      throw this.#later(job, `Webhook ${endpoint.id}: ${reason}`);
    } finally {
      left();
    }
  }

  /** When to try again, or that it is over: a code that may not be retried ends as a dead letter. */
  #later(job: Job, reason: string, wait?: number): NexoraError {
    const age = this.#options.now() - job.enqueuedAt;
    // A dead letter that an admin sends again is old, and has not been tried while it is put off.
    const over = wait === undefined || job.attempt > PUT_OFFS;
    if (age > RETRY_FOR && over) return new NexoraError("bad_request", reason);
    const full = wait ?? Math.min(RETRY_LAST, Math.max(RETRY_FIRST, age));
    // Spread out, so that what failed together does not come back together.
    const retryAfter = full * (0.75 + Math.random() / 2) / SECOND;
    return new NexoraError("store_unavailable", reason, { retryAfter });
  }

  /** Admins' changes on other isolates are seen within some seconds, without a read on any hot path. */
  #refresh(): void {
    if (this.#options.now() - this.#refreshed < REFRESH) return;
    this.#refreshed = this.#options.now();
    this.endpoints().catch(() => {});
  }
}
