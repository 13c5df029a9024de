import { NexoraError } from "../errors.ts";
import type { Policy } from "../auth/policy.ts";
import { type AppCredentials, verifyChannelAuth } from "./auth.ts";
import { type Channel, parseChannel } from "./channels.ts";
import type { Connection, Subscription } from "./connection.ts";
import { systemFrame } from "./frames.ts";
import type { Hub } from "./hub.ts";
import type { Limits } from "./limits.ts";
import { formatPosition, parsePosition } from "./position.ts";
import type { Member, Presence } from "./presence.ts";
import type { CachedEvents } from "./cached_events.ts";
import { z } from "zod";
import type { SubscribeRequest } from "./wire.ts";

export interface SubscribingOptions {
  app: AppCredentials;
  hub: Hub;
  policy: Policy;
  presence: Presence;
  cached: CachedEvents;
  limits: Limits;
  /** A channel has got or lost a subscriber in this isolate. */
  changed: (channel: string) => void;
}

/** Why a subscription was refused: goes out as `pusher:subscription_error`. */
class Refusal extends Error {
  constructor(readonly status: number, readonly type: string, message: string) {
    super(message);
  }
}

const MemberData = z.object({
  user_id: z.union([z.string(), z.number()]).transform(String),
  user_info: z.unknown().optional(),
});

/** Entering and leaving channels: who may, and what is sent first. */
export class Subscribing {
  readonly #options: SubscribingOptions;

  constructor(options: SubscribingOptions) {
    this.#options = options;
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
    if (subscription.userId !== undefined) {
      await this.#options.presence.leave(
        name,
        subscription.userId,
        connection.id,
      );
    }
  }

  /** Asks the policy again for what it let in, after a change of somebody's rights. */
  async recheck(connection: Connection): Promise<void> {
    for (const [name, { channel, signed }] of [...connection.subscriptions]) {
      if (signed || channel.subject.kind === "app") continue;
      if (await this.#may(connection, channel)) continue;
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
    const { hub, presence, cached, limits } = this.#options;
    const channel = parseChannel(request.channel);
    if (!channel) {
      throw new Refusal(
        400,
        "InvalidChannel",
        "A channel name has 1 to 200 of the characters A-Za-z0-9_-=@,.;",
      );
    }
    if (connection.subscriptions.has(channel.name)) {
      // A client that subscribes again wants what it missed since.
      if (!request.since) {
        throw new Refusal(
          400,
          "AlreadySubscribed",
          "This connection is subscribed already",
        );
      }
      await this.#resubscribe(connection, channel, request.since);
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
    const { signed, member } = await this.#authorise(
      connection,
      channel,
      request,
    );
    if (connection.closed) return;
    if (member) await presence.join(channel.name, member, connection.id);
    const subscription: Subscription = {
      channel,
      signed,
      ...(member && { userId: member.user_id }),
    };
    connection.subscriptions.set(channel.name, subscription);
    if (connection.closed) {
      // The socket went while the store was asked: nobody else will undo this.
      if (member) {
        await presence.leave(channel.name, member.user_id, connection.id);
      }
      return;
    }
    try {
      await hub.attach(
        channel.name,
        connection,
        since,
        async ({ position, recovered, expired }) => {
          const data = member
            ? { presence: roster(await presence.members(channel.name)) }
            : {};
          connection.send(
            systemFrame(
              "pusher_internal:subscription_succeeded",
              data,
              channel.name,
              {
                position: formatPosition(position),
                ...(recovered && { recovered: true }),
              },
            ),
          );
          if (expired) {
            connection.send(
              expiredFrame(channel.name, formatPosition(position)),
            );
          }
          if (channel.cache && !recovered) {
            await cached.greet(connection, channel, position);
          }
        },
      );
    } catch (error) {
      connection.subscriptions.delete(channel.name);
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
    channel: Channel,
    sinceText: string,
  ): Promise<void> {
    const since = parsePosition(sinceText);
    if (!since) {
      throw new Refusal(400, "InvalidPosition", "since is not a position");
    }
    const { hub } = this.#options;
    hub.detach(channel.name, connection);
    await hub.attach(
      channel.name,
      connection,
      since,
      ({ position, recovered, expired }) => {
        connection.send(
          systemFrame(
            "pusher_internal:subscription_succeeded",
            {},
            channel.name,
            {
              position: formatPosition(position),
              ...(recovered && { recovered: true }),
            },
          ),
        );
        if (expired) {
          connection.send(
            expiredFrame(channel.name, formatPosition(position)),
          );
        }
      },
    );
    if (connection.closed) hub.detach(channel.name, connection);
  }

  /** @throws {Refusal} */
  async #authorise(
    connection: Connection,
    channel: Channel,
    request: SubscribeRequest,
  ): Promise<{ signed: boolean; member: Member | null }> {
    const { app } = this.#options;
    if (request.auth) {
      const data = request.channel_data ?? undefined;
      if (
        !verifyChannelAuth(app, request.auth, connection.id, channel.name, data)
      ) {
        throw new Refusal(
          401,
          "AuthError",
          "The auth signature does not match this socket and channel",
        );
      }
      return {
        signed: true,
        member: channel.access === "presence"
          ? this.#member(connection, data)
          : null,
      };
    }
    if (channel.subject.kind === "app") {
      if (channel.access !== "public") {
        throw new Refusal(
          401,
          "AuthError",
          "This channel needs an auth signature of your server",
        );
      }
      return { signed: false, member: null };
    }
    if (!await this.#may(connection, channel)) {
      const anonymous = connection.info.actor === null &&
        connection.signedIn === null;
      throw anonymous
        ? new Refusal(401, "AuthError", "Sign in first")
        : new Refusal(403, "AuthError", "You may not see this channel");
    }
    return {
      signed: false,
      member: channel.access === "presence"
        ? this.#member(connection, undefined)
        : null,
    };
  }

  #may(connection: Connection, channel: Channel): Promise<boolean> {
    const { subject } = channel;
    if (subject.kind === "server-to-user") {
      const userId = connection.signedIn?.id ?? connection.info.actor?.id;
      return Promise.resolve(userId === subject.userId);
    }
    return this.#options.policy.may(connection.info.actor, "see", channel);
  }

  /** Who enters a presence channel: as signed, as signed in, or as the session says. */
  #member(connection: Connection, channelData: string | undefined): Member {
    const { limits } = this.#options;
    if (channelData === undefined) {
      const { signedIn, info } = connection;
      if (signedIn) return { user_id: signedIn.id, user_info: signedIn.info };
      if (info.actor) {
        return { user_id: info.actor.id, user_info: info.profile };
      }
      throw new Refusal(
        400,
        "InvalidChannelData",
        "A presence channel needs channel_data or a signed-in user",
      );
    }
    let parsed;
    try {
      parsed = MemberData.safeParse(JSON.parse(channelData));
    } catch {
      parsed = undefined;
    }
    if (
      !parsed?.success || parsed.data.user_id === "" ||
      parsed.data.user_id.length > limits.userIdLength
    ) {
      throw new Refusal(
        400,
        "InvalidChannelData",
        `channel_data is {user_id: 1 to ${limits.userIdLength} characters, user_info}`,
      );
    }
    if (channelData.length > limits.userInfoBytes + 2 * limits.userIdLength) {
      throw new Refusal(
        413,
        "InvalidChannelData",
        `user_info holds at most ${limits.userInfoBytes} bytes`,
      );
    }
    return parsed.data;
  }
}

function expiredFrame(channel: string, position: string): string {
  return systemFrame("nexora:position_expired", {
    code: "position_expired",
    position,
  }, channel);
}

function roster(members: Member[]) {
  return {
    ids: members.map((m) => m.user_id),
    hash: Object.fromEntries(
      members.map((m) => [m.user_id, m.user_info ?? null]),
    ),
    count: members.length,
  };
}
