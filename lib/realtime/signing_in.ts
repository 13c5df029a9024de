import { z } from "zod";
import { type AppCredentials, sameText, signUser } from "./auth.ts";
import { CLOSES } from "./closes.ts";
import type { Connection } from "./connection.ts";
import { systemFrame } from "./frames.ts";
import type { Hub } from "./hub.ts";
import type { Limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import { type Presence, watchChannel } from "./presence.ts";

export interface SigningInOptions {
  app: AppCredentials;
  hub: Hub;
  presence: Presence;
  limits: Limits;
  metrics: Metrics;
  /** The connection now belongs to a user. */
  signedIn: (connection: Connection, userId: string) => void;
}

const UserData = z.object({
  id: z.union([z.string(), z.number()]).transform(String).pipe(
    z.string().min(1).max(128),
  ),
  user_info: z.unknown().optional(),
  watchlist: z.array(z.union([z.string(), z.number()]).transform(String))
    .optional(),
});

/** `pusher:signin`: a connection says which user it is, and learns which of those it watches are online. */
export class SigningIn {
  readonly #options: SigningInOptions;

  constructor(options: SigningInOptions) {
    this.#options = options;
  }

  async signin(
    connection: Connection,
    request: { auth: string; user_data: string },
  ): Promise<void> {
    const { app, limits, metrics, signedIn } = this.#options;
    if (connection.signedIn) {
      connection.error(null, "This connection is signed in already");
      return;
    }
    if (
      !sameText(request.auth, signUser(app, connection.id, request.user_data))
    ) {
      metrics.drop("signin_401");
      connection.error(
        4009,
        "The auth signature does not match this socket and user_data",
      );
      return;
    }
    let parsed;
    try {
      parsed = UserData.safeParse(JSON.parse(request.user_data));
    } catch {
      parsed = undefined;
    }
    if (!parsed?.success) {
      metrics.drop("signin_400");
      connection.error(4009, "user_data is {id, user_info?, watchlist?}");
      return;
    }
    const { id, user_info, watchlist = [] } = parsed.data;
    const watched = [...new Set(watchlist)];
    if (watched.length > limits.watchlist) {
      metrics.drop("watchlist");
      connection.error(
        4302,
        `A watchlist holds at most ${limits.watchlist} users`,
      );
      return;
    }
    connection.signedIn = { id, info: user_info, watchlist: watched };
    signedIn(connection, id);
    connection.send(
      systemFrame("pusher:signin_success", { user_data: request.user_data }),
    );
    try {
      await this.#goOnline(connection, id, watched);
    } catch {
      // It has been told that it is signed in, so it has to come again for the rest.
      connection.close(CLOSES.reconnect);
    }
  }

  /** Says again that a connection's user is online. */
  async rejoin(connection: Connection): Promise<void> {
    const id = connection.signedIn?.id;
    if (id === undefined) return;
    await this.#join(connection, id).catch(() => {});
  }

  async closed(connection: Connection): Promise<void> {
    if (!connection.signedIn) return;
    const { id, watchlist } = connection.signedIn;
    this.#unwatch(connection, watchlist);
    await this.#options.presence.leave(watchChannel(id), id, connection.id);
  }

  async #join(connection: Connection, id: string): Promise<void> {
    const { presence } = this.#options;
    const channel = watchChannel(id);
    try {
      await presence.join(channel, { user_id: id }, connection.id);
    } finally {
      if (connection.closed) await presence.leave(channel, id, connection.id);
    }
  }

  async #goOnline(
    connection: Connection,
    id: string,
    watched: string[],
  ): Promise<void> {
    const { hub, presence } = this.#options;
    await this.#join(connection, id);
    if (connection.closed) return;
    // Attach first: a change between the two is told twice rather than not at all.
    const states = await Promise.all(watched.map(async (userId) => {
      await hub.attach(watchChannel(userId), connection, null, () => {});
      return {
        userId,
        online: await presence.isMember(watchChannel(userId), userId),
      };
    }));
    if (connection.closed) this.#unwatch(connection, watched);
    if (states.length === 0) return;
    const ids = (online: boolean) =>
      states.filter((s) => s.online === online).map((s) => s.userId);
    const events = [{ name: "online", user_ids: ids(true) }, {
      name: "offline",
      user_ids: ids(false),
    }];
    connection.send(systemFrame("pusher_internal:watchlist_events", {
      events: events.filter((event) => event.user_ids.length > 0),
    }));
  }

  #unwatch(connection: Connection, watchlist: string[]): void {
    for (const userId of watchlist) {
      this.#options.hub.detach(watchChannel(userId), connection);
    }
  }
}
