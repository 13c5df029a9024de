import { MINUTE } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import {
  absent,
  keys,
  type Mutation,
  nullIfOvertaken,
  retryConflicts,
  set,
} from "../kv/mod.ts";
import type { CachedEvents } from "./cached_events.ts";
import { type Channel, parseChannel } from "./channels.ts";
import { exceeds, type Limits } from "./limits.ts";
import type { EventLog } from "./log/types.ts";
import { BatchBody, EventBody, parse } from "./publish_body.ts";
import { type Part, type Publish, split } from "./publish_parts.ts";
import type { Occupancy } from "./occupancy.ts";
import type { Metrics } from "./metrics.ts";
import type { Position } from "./position.ts";
import type { Presence } from "./presence.ts";
import type { Tracing } from "./tracing.ts";

/** Events with the same publisher-given id within this time are one event. */
const ONCE_FOR = 5 * MINUTE;
/** Attributes of a channel that `info` asks for. */
export interface ChannelInfo {
  occupied?: boolean;
  subscription_count?: number;
  user_count?: number;
  cache?: { data: string; ttl: number };
}

export interface PublishingOptions {
  kv: Deno.Kv;
  log: EventLog;
  limits: Limits;
  cached: CachedEvents;
  occupancy: Occupancy;
  presence: Presence;
  metrics: Metrics;
  tracing?: Tracing;
}

/** What servers may do: publish, and ask who is there. */
export class Publishing {
  readonly #options: PublishingOptions;

  constructor(options: PublishingOptions) {
    this.#options = options;
  }

  /**
   * `POST …/events`. The answer to a repeated id is the first answer.
   *
   * @throws {NexoraError} `bad_request`, `too_large`, `store_unavailable`
   */
  event(body: unknown): Promise<Record<string, unknown>> {
    return this.#counted("events", () => this.#event(body));
  }

  /** `POST …/batch_events`: up to ten events, committed together. */
  batch(body: unknown): Promise<Record<string, unknown>> {
    return this.#counted("batch_events", () => this.#batch(body));
  }

  async #counted<T>(api: string, publish: () => Promise<T>): Promise<T> {
    const { metrics, tracing } = this.#options;
    try {
      return await (tracing
        ? tracing.publish({ "nexora.api": api }, publish)
        : publish());
    } catch (error) {
      if (error instanceof NexoraError) metrics.drop(`publish_${error.code}`);
      throw error;
    }
  }

  async #event(body: unknown): Promise<Record<string, unknown>> {
    const parsed = parse(EventBody, body);
    const names = parsed.channels ??
      (typeof parsed.channel === "string" ? [parsed.channel] : []);
    if (names.length === 0) {
      throw new NexoraError("bad_request", "Name the channels to publish to");
    }
    const publish = this.#publish(parsed, names);
    const answer: Record<string, unknown> = {};
    if (parsed.info.length > 0) {
      const entries = await Promise.all(
        publish.channels.map(async (c) =>
          [c.name, await this.info(c, parsed.info)] as const
        ),
      );
      answer.channels = Object.fromEntries(entries);
    }
    return await this.#append([publish], parsed.id ?? undefined, answer);
  }

  async #batch(body: unknown): Promise<Record<string, unknown>> {
    const { batch } = parse(BatchBody, body);
    const { eventsPerBatch } = this.#options.limits;
    if (batch.length > eventsPerBatch) {
      throw new NexoraError(
        "bad_request",
        `A batch holds at most ${eventsPerBatch} events`,
      );
    }
    const publishes = batch.map((event) =>
      this.#publish(event, [event.channel])
    );
    const asked = batch.some((event) => event.info.length > 0);
    const infos: Record<string, unknown>[] = !asked ? [] : await Promise.all(
      batch.map(async (event, i) => ({
        ...event.info.length > 0 &&
          await this.info(publishes[i]!.channels[0]!, event.info),
      })),
    );
    if (batch.every((event) => !event.id)) {
      return await this.#append(
        publishes,
        undefined,
        asked ? { batch: infos } : {},
      );
    }
    // Each event has an id of its own, so each is accepted or recognised on its own.
    const answers = await Promise.all(
      publishes.map((publish, i) =>
        this.#append([publish], batch[i]!.id ?? undefined, infos[i] ?? {})
      ),
    );
    return asked ? { batch: answers } : {};
  }

  /**
   * What `info` asks of one channel.
   *
   * @throws {NexoraError} `bad_request` for `user_count` off presence channels
   */
  async info(channel: Channel, attributes: string[]): Promise<ChannelInfo> {
    const { occupancy, presence, cached } = this.#options;
    const info: ChannelInfo = {};
    for (const attribute of attributes) {
      if (attribute === "subscription_count") {
        info.subscription_count = await occupancy.total(channel.name);
      }
      if (attribute === "user_count") {
        if (channel.access !== "presence") {
          throw new NexoraError(
            "bad_request",
            "user_count is for presence channels only",
          );
        }
        info.user_count = (await presence.members(channel.name)).length;
      }
      if (attribute === "cache") {
        const last = channel.cache ? await cached.get(channel.name) : null;
        if (last) {
          info.cache = { data: last.data, ttl: cached.secondsLeft(last) };
        }
      }
    }
    return info;
  }

  #publish(
    event: { name: string; data: string; socket_id?: string | null },
    names: string[],
  ): Publish {
    const { limits } = this.#options;
    if (names.length > limits.channelsPerPublish) {
      throw new NexoraError(
        "bad_request",
        `An event goes to at most ${limits.channelsPerPublish} channels`,
      );
    }
    if (exceeds(event.data, limits.eventBytes)) {
      throw new NexoraError(
        "too_large",
        `The data of an event holds at most ${limits.eventBytes} bytes`,
      );
    }
    const channels = [...new Set(names)].map((name) => {
      const channel = parseChannel(name);
      if (!channel) {
        throw new NexoraError(
          "bad_request",
          `${name.slice(0, 60)} is not a channel name`,
        );
      }
      if (channel.access === "encrypted" && names.length > 1) {
        throw new NexoraError(
          "bad_request",
          "An event on an encrypted channel goes to that channel alone",
        );
      }
      return channel;
    });
    return {
      name: event.name,
      data: event.data,
      channels,
      except: event.socket_id ?? undefined,
    };
  }

  /** Returns the answer, or the first one if `id` has been published before. */
  async #append(
    publishes: Publish[],
    id: string | undefined,
    answer: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const answers: Record<string, unknown>[] = [];
    for (const [i, part] of split(publishes).entries()) {
      const once = id === undefined
        ? undefined
        : keys.publishOnce(`${id}#${i}`);
      answers.push(await this.#appendPart(part, once, answer));
    }
    return answers[0]!;
  }

  async #appendPart(
    part: Part[],
    once: Deno.KvKey | undefined,
    answer: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const { kv, log, cached } = this.#options;
    const events = part.map(({ channel, name, data, except }) => ({
      channel: channel.name,
      event: name,
      data,
      except,
    }));
    const mutations = (positions: Position[]) => {
      const rows: Mutation[] = once ? [set(once, answer, ONCE_FOR)] : [];
      part.forEach(({ channel, name, data }, i) => {
        if (!channel.cache) return;
        rows.push(cached.mutation(channel.name, name, data, positions[i]!));
      });
      return rows;
    };
    const rows = once || part.some((e) => e.channel.cache)
      ? { mutations }
      : undefined;
    if (!once) {
      await log.append({ events, ...rows });
      return answer;
    }
    return await retryConflicts(async () => {
      const told = await nullIfOvertaken(
        log.append({ events, ...rows, checks: [absent(once)] }),
      );
      // The first answer; without one the row has expired just now, and the event is new again.
      return told
        ? answer
        : (await kv.get<Record<string, unknown>>(once)).value;
    });
  }
}
