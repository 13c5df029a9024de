import { NexoraError } from "../errors.ts";
import { type Channel, DEFAULT_RETENTION, parseChannel } from "./channels.ts";
import type { KvEventLog } from "./log/log.ts";
import type { LoggedEvent } from "./log/types.ts";
import type { Occupancy } from "./occupancy.ts";
import { formatPosition, type Position } from "./position.ts";
import type { Presence } from "./presence.ts";
import type { ChannelInfo, Publishing } from "./publishing.ts";

export interface DirectoryOptions {
  log: KvEventLog;
  occupancy: Occupancy;
  presence: Presence;
  publishing: Publishing;
}

/** A retained event as told over HTTP. */
export interface HistoryEvent {
  event: string;
  channel: string;
  data: string;
  position: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface History {
  events: HistoryEvent[];
  /** Give it as `since` to go on. */
  position: string;
  /** More can be had at once. */
  more: boolean;
}

/** What servers may ask of channels. */
export class Directory {
  readonly #options: DirectoryOptions;

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  /**
   * Occupied channels whose names begin with `prefix`.
   *
   * @throws {NexoraError} `bad_request` for `user_count` without a presence prefix
   */
  async channels(
    prefix: string,
    info: string | null,
  ): Promise<Record<string, ChannelInfo>> {
    const { occupancy, publishing } = this.#options;
    const attributes = readInfo(info);
    if (attributes.includes("user_count") && !prefix.startsWith("presence-")) {
      throw new NexoraError(
        "bad_request",
        "user_count needs filter_by_prefix=presence-",
      );
    }
    const found: Record<string, ChannelInfo> = {};
    for (const [name, total] of await occupancy.channels(prefix)) {
      const own = attributes.filter((a) => a !== "subscription_count");
      found[name] = {
        ...(attributes.includes("subscription_count") &&
          { subscription_count: total }),
        ...(own.length > 0 && await publishing.info(requireChannel(name), own)),
      };
    }
    return found;
  }

  async channel(name: string, info: string | null): Promise<ChannelInfo> {
    const { occupancy, publishing } = this.#options;
    const channel = requireChannel(name);
    const attributes = readInfo(info);
    const total = await occupancy.total(name);
    return {
      occupied: total > 0,
      ...await publishing.info(channel, attributes),
    };
  }

  async users(name: string): Promise<{ id: string }[]> {
    if (requireChannel(name).access !== "presence") {
      throw new NexoraError("bad_request", "Only presence channels have users");
    }
    return (await this.#options.presence.members(name)).map((member) => ({
      id: member.user_id,
    }));
  }

  /**
   * A channel's retained events after `since`, oldest first; without it, the last `limit`.
   *
   * @throws {NexoraError} `position_expired` when what came after `since` is no longer kept
   */
  async history(
    name: string,
    { since, limit }: { since?: Position; limit: number },
  ): Promise<History> {
    const { log } = this.#options;
    requireChannel(name);
    const head = await log.head(name);
    const found = since
      ? await log.read(name, since, head, limit + 1)
      : await log.latest(name, Math.min(limit, DEFAULT_RETENTION.count), head);
    const more = found.length > limit;
    const events = more ? found.slice(0, limit) : found;
    const last = more ? events.at(-1)!.position : head;
    return {
      events: events.map(historyEvent),
      position: formatPosition(last),
      more,
    };
  }
}

function historyEvent(
  { event, channel, data, position, at }: LoggedEvent,
): HistoryEvent {
  return { event, channel, data, position: formatPosition(position), at };
}

const ATTRIBUTES = ["subscription_count", "user_count", "cache"];

function readInfo(info: string | null): string[] {
  const attributes = (info ?? "").split(",").map((s) => s.trim()).filter((s) =>
    s !== ""
  );
  const unknown = attributes.find((a) => !ATTRIBUTES.includes(a));
  if (unknown !== undefined) {
    throw new NexoraError("bad_request", `info takes ${ATTRIBUTES.join(", ")}`);
  }
  return attributes;
}

function requireChannel(name: string): Channel {
  const channel = parseChannel(name);
  if (!channel) {
    throw new NexoraError("bad_request", "That is not a channel name");
  }
  return channel;
}
