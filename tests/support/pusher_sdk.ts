import pusherJs from "pusher-js";
import PusherServer from "pusher";
import { type AppProcess, CREDENTIALS, type SignedIn } from "./app.ts";
import { waitFor, within } from "./wait.ts";

// The package exports the class itself, its types say that it exports a module around it.
const PusherJs = pusherJs as unknown as typeof pusherJs.default;
/** A connection of the unmodified `pusher-js`. */
export type PusherClient = InstanceType<typeof PusherJs>;
type ClientOptions = ConstructorParameters<typeof PusherJs>[1];
export type PusherChannel = ReturnType<PusherClient["subscribe"]>;

/** The unmodified `pusher` server package, talking to our server. */
export function pusherServer(
  app: AppProcess,
  options: Partial<PusherServer.Options> = {},
): PusherServer {
  return new PusherServer({
    appId: CREDENTIALS.id,
    key: CREDENTIALS.key,
    secret: CREDENTIALS.secret,
    host: "127.0.0.1",
    port: String(app.port),
    useTLS: false,
    ...options,
  });
}

/** What the HTTP API answered; bodies are looked at field by field. */
export interface ApiAnswer {
  status: number;
  // deno-lint-ignore no-explicit-any -- looked at field by field
  body: any;
}

/** Requests to the HTTP API, signed by the `pusher` package, but with any path and body; text is sent as it is. */
export function signedCalls(
  app: AppProcess,
  secret: string = CREDENTIALS.secret,
) {
  const pusher = pusherServer(app, { secret });
  return async (
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    params: Record<string, string> = {},
  ): Promise<ApiAnswer> => {
    const text = body === undefined || typeof body === "string"
      ? body
      : JSON.stringify(body);
    const sent = text === undefined ? {} : { body: text };
    const query = pusher.createSignedQueryString({
      method,
      path,
      params,
      ...sent,
    });
    const response = await fetch(`${app.origin}${path}?${query}`, {
      method,
      ...sent,
    });
    return { status: response.status, body: await response.json() };
  };
}

/** The unmodified `pusher-js`, not yet connected; give it back with `disconnect`. */
export function pusherClient(
  app: AppProcess,
  options: Partial<ClientOptions> & { key?: string; user?: SignedIn } = {},
): PusherClient {
  const { key = CREDENTIALS.key, user, ...rest } = options;
  return new PusherJs(key, {
    cluster: "",
    wsHost: "127.0.0.1",
    wsPort: app.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    disableStats: true,
    ...(user ? authorizedBySession(user) : {
      channelAuthorization: {
        endpoint: `${app.origin}/api/realtime/auth`,
        transport: "ajax",
      },
    }),
    ...rest,
  });
}

/**
 * Authorises channels at the app's own endpoint, with the form that pusher-js sends. A browser adds the cookie to it;
 * outside of one, pusher-js refuses to send a cookie header.
 */
function authorizedBySession(user: SignedIn): Partial<ClientOptions> {
  return {
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      async customHandler({ socketId, channelName }, done) {
        const response = await user.fetch("/api/realtime/auth", {
          method: "POST",
          body: new URLSearchParams({
            socket_id: socketId,
            channel_name: channelName,
          }),
        });
        if (response.ok) return done(null, await response.json());
        done(new Error(`${response.status} ${await response.text()}`), null);
      },
    },
  };
}

/** Authorises channels as a customer's own backend would: with the server package. */
export function authorizedBy(
  server: PusherServer,
  user?: { user_id: string; user_info?: Record<string, unknown> },
): Partial<ClientOptions> {
  return {
    channelAuthorization: {
      // Not used with a handler, but the types ask for them.
      endpoint: "",
      transport: "ajax",
      customHandler({ socketId, channelName }, done) {
        const presence = channelName.startsWith("presence-") ? user : undefined;
        done(null, server.authorizeChannel(socketId, channelName, presence));
      },
    },
  };
}

/** Waits until it is connected; returns the socket id. */
export async function connected(client: PusherClient): Promise<string> {
  await waitFor(() => client.connection.state === "connected", {
    what: () => `pusher-js to connect, it is ${client.connection.state}`,
  });
  return client.connection.socket_id;
}

/**
 * Subscribes and waits for the answer.
 *
 * @throws {Error} with the server's refusal as its cause
 */
export async function subscribed(
  client: PusherClient,
  name: string,
): Promise<PusherChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const channel = client.subscribe(name);
  channel.bind("pusher:subscription_succeeded", () => resolve());
  channel.bind("pusher:subscription_error", (refusal: unknown) => {
    reject(new Error(`${name} was refused`, { cause: refusal }));
  });
  if (channel.subscribed) resolve();
  await within(10_000, `the subscription to ${name}`, promise);
  return channel;
}

/** Every event of a channel, the protocol's own left out, as they come. */
export function recorded(
  channel: PusherChannel,
): { event: string; data: unknown }[] {
  const events: { event: string; data: unknown }[] = [];
  channel.bind_global((event: string, data: unknown) => {
    if (!event.startsWith("pusher")) events.push({ event, data });
  });
  return events;
}

/** A test that gets its clients from `client`, which are disconnected at its end. */
export function sdkTest(
  name: string,
  run: (client: typeof pusherClient) => Promise<void>,
): void {
  Deno.test({
    name,
    // pusher-js keeps its timers and lets go of its socket a moment after `disconnect`; node-fetch keeps connections.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const open: PusherClient[] = [];
      try {
        await run((...options) => {
          const client = pusherClient(...options);
          open.push(client);
          return client;
        });
      } finally {
        for (const client of open) client.disconnect();
      }
    },
  });
}
