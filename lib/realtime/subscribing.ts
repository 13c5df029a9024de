import { NexoraError } from "../errors.ts";
import type { Policy } from "../auth/policy.ts";
import { Admission, Refusal } from "./admission.ts";
import type { AppCredentials } from "./auth.ts";
import { type Channel, parseChannel } from "./channels.ts";
import type { Connection, Subscription } from "./connection.ts";
import { systemFrame } from "./frames.ts";
import type { Hub } from "./hub.ts";
import type { Limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import { formatPosition, parsePosition, type Position } from "./position.ts";
import type { Member, Presence } from "./presence.ts";
import type { CachedEvents } from "./cached_events.ts";
import type { SubscribeRequest } from "./wire.ts";

export interface SubscribingOptions {
  app: AppCredentials;
  hub: Hub;
  policy: Policy;
  presence: Presence;
  cached: CachedEvents;
  limits: Limits;
  metrics: Metrics;
  /** A channel has got or lost a subscriber in this isolate. */
  changed: (channel: string) => void;
}

/** Entering and leaving channels: who may, and what is sent first. */
export class Subscribing {
  readonly #options: SubscribingOptions;
  readonly #admission: Admission;

  constructor(options: SubscribingOptions) {
    this.#options = options;
    this.#admission = new Admission(options);
  }

  async subscribe(
    connection: Connection,
    request: SubscribeRequest,
  ): Promise<void> {
    try {
      await this.#enter(connection, request);
    } catch (error) {
      const refusal = error instanceof Refusal
        ? error
        : error instanceof NexoraError
        ? new Refusal(error.status, error.code, error.message)
        : new Refusal(
          500,
          "internal",
          "Something went wrong on our side, subscribe again",
        );
      if (refusal.status === 500) console.error("subscribe failed", error);
      this.#options.metrics.drop(`subscription_${refusal.status}`);
      connection.send(systemFrame(
        "pusher:subscription_error",
        { type: refusal.type, error: refusal.message, status: refusal.status },
        request.channel,
      ));
    }
  }

  async unsubscribe(connection: Connection, name: string): Promise<void> {
    const subscription = connection.subscriptions.get(name);
    if (!subscription) return;
    connection.subscriptions.delete(name);
    this.#options.hub.detach(name, connection);
    this.#options.changed(name);
    if (subscription.member) {
      await this.#options.presence.leave(
        name,
        subscription.member.user_id,
        connection.id,
      );
    }
  }

  /** Asks the policy again for what it let in, after a change of somebody's rights. */
  async recheck(connection: Connection): Promise<void> {
    await this.#recheck(connection);
    if (!connection.busy) return;
    // A subscription that is under way may have been allowed just before the change.
    await connection.settled();
    await this.#recheck(connection);
  }

  /** Writes again what presence knows of a connection. */
  async rejoin(connection: Connection): Promise<void> {
    for (const [name, { member }] of [...connection.subscriptions]) {
      if (!member) continue;
      await this.#options.presence.join(name, member, connection.id)
        .catch(() => {});
      if (connection.closed || !connection.subscriptions.has(name)) {
        await this.#options.presence.leave(name, member.user_id, connection.id);
      }
    }
  }

  async #recheck(connection: Connection): Promise<void> {
    for (const [name, { channel, signed }] of [...connection.subscriptions]) {
      if (channel.subject.kind === "app") continue;
      // A signature says that the application let somebody in. Where we know whom, the policy has the last word.
      if (signed && connection.info.actor === null) continue;
      if (await this.#admission.may(connection, channel)) continue;
      await this.unsubscribe(connection, name);
      connection.send(systemFrame(
        "pusher:subscription_error",
        {
          type: "AuthError",
          error: "You may no longer see this channel",
          status: 403,
        },
        name,
      ));
    }
  }

  async #enter(
    connection: Connection,
    request: SubscribeRequest,
  ): Promise<void> {
    const { hub, presence, limits } = this.#options;
    const channel = parseChannel(request.channel);
    if (!channel) {
      throw new Refusal(
        400,
        "InvalidChannel",
        "A channel name has 1 to 200 of the characters A-Za-z0-9_-=@,.;",
      );
    }
    const present = connection.subscriptions.get(channel.name);
    if (present) {
      // A client that subscribes again wants what it missed since.
      if (!request.since) {
        throw new Refusal(
          400,
          "AlreadySubscribed",
          "This connection is subscribed already",
        );
      }
      await this.#resubscribe(connection, present, request.since);
      return;
    }
    if (connection.subscriptions.size >= limits.subscriptions) {
      throw new Refusal(
        429,
        "LimitReached",
        `A connection has at most ${limits.subscriptions} subscriptions`,
      );
    }
    const since = request.since ? parsePosition(request.since) : null;
    if (request.since && !since) {
      throw new Refusal(400, "InvalidPosition", "since is not a position");
    }
    const { signed, member } = await this.#admission.authorise(
      connection,
      channel,
      request,
    );
    if (connection.closed) return;
    const subscription: Subscription = {
      channel,
      signed,
      ...(member && { member }),
    };
    try {
      if (member) await presence.join(channel.name, member, connection.id);
      connection.subscriptions.set(channel.name, subscription);
      // A socket that went while the store was asked has nobody else to undo this.
      if (connection.closed) await this.unsubscribe(connection, channel.name);
      else await this.#attach(connection, subscription, since);
    } catch (error) {
      connection.subscriptions.delete(channel.name);
      // The join may have happened though it was reported as failed.
      if (member) {
        await presence.leave(channel.name, member.user_id, connection.id);
      }
      throw error;
    }
    if (connection.closed) hub.detach(channel.name, connection);
    this.#options.changed(channel.name);
  }

  /** The client saw a gap: the same subscription goes on from an earlier position. */
  async #resubscribe(
    connection: Connection,
    subscription: Subscription,
    sinceText: string,
  ): Promise<void> {
    const since = parsePosition(sinceText);
    if (!since) {
      throw new Refusal(400, "InvalidPosition", "since is not a position");
    }
    const { hub, changed } = this.#options;
    const { name } = subscription.channel;
    hub.detach(name, connection);
    try {
      await this.#attach(connection, subscription, since);
    } catch (error) {
      // Not subscribed any more: the client may try anew.
      await this.unsubscribe(connection, name);
      changed(name);
      throw error;
    }
    if (connection.closed) hub.detach(name, connection);
  }

  async #attach(
    connection: Connection,
    { channel, member }: Subscription,
    since: Position | null,
  ): Promise<void> {
    const { hub, cached } = this.#options;
    await hub.attach(
      channel.name,
      connection,
      since,
      async ({ position, recovered, expired }) => {
        const at = formatPosition(position);
        const data = member
          ? { presence: await this.#roster(channel, member, position) }
          : {};
        connection.send(systemFrame(
          "pusher_internal:subscription_succeeded",
          data,
          channel.name,
          { position: at, ...(recovered && { recovered: true }) },
        ));
        if (expired) connection.send(expiredFrame(channel.name, at));
        if (channel.cache && !recovered) {
          await cached.greet(connection, channel, position);
        }
      },
    );
  }

  /** The members as of `position`: who came later is told of by the events that follow. */
  async #roster(channel: Channel, self: Member, position: Position) {
    const members = await this.#options.presence.members(
      channel.name,
      position,
    );
    if (!members.some((m) => m.user_id === self.user_id)) members.push(self);
    return {
      ids: members.map((m) => m.user_id),
      hash: Object.fromEntries(
        members.map((m) => [m.user_id, m.user_info ?? null]),
      ),
      count: members.length,
    };
  }
}

function expiredFrame(channel: string, position: string): string {
  return systemFrame("nexora:position_expired", {
    code: "position_expired",
    position,
  }, channel);
}
