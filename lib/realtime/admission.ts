import { z } from "zod";
import type { Policy } from "../auth/policy.ts";
import { type AppCredentials, verifyChannelAuth } from "./auth.ts";
import type { Channel } from "./channels.ts";
import type { Connection } from "./connection.ts";
import { exceeds, type Limits } from "./limits.ts";
import type { Member } from "./presence.ts";
import type { SubscribeRequest } from "./wire.ts";

/** Why a subscription was refused: goes out as `pusher:subscription_error`. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly type: string, message: string) {
    super(message);
  }
}

const MemberData = z.object({
  user_id: z.union([z.string(), z.number()]).transform(String),
  user_info: z.unknown().optional(),
});

/** Who may enter a channel, and as which member: by the application's signature, or by the policy. */
export class Admission {
  readonly #options: { app: AppCredentials; policy: Policy; limits: Limits };

  constructor(
    options: { app: AppCredentials; policy: Policy; limits: Limits },
  ) {
    this.#options = options;
  }

  /** @throws {Refusal} */
  async authorise(
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
    if (!await this.may(connection, channel)) {
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

  /** What the policy says, for channels that are Nexora's own. */
  may(connection: Connection, channel: Channel): Promise<boolean> {
    const { subject } = channel;
    if (subject.kind === "server-to-user") {
      const userId = connection.signedIn?.id ?? connection.info.actor?.id;
      return Promise.resolve(userId === subject.userId);
    }
    return this.#options.policy.may(connection.info.actor, "see", channel);
  }

  /** Who enters a presence channel: as signed, as signed in, or as the session says. */
  #member(connection: Connection, channelData: string | undefined): Member {
    const member = this.#claimed(connection, channelData);
    const { userInfoBytes } = this.#options.limits;
    if (exceeds(JSON.stringify(member.user_info ?? null), userInfoBytes)) {
      throw new Refusal(
        413,
        "InvalidChannelData",
        `user_info holds at most ${userInfoBytes} bytes`,
      );
    }
    return member;
  }

  #claimed(connection: Connection, channelData: string | undefined): Member {
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
    return parsed.data;
  }
}
