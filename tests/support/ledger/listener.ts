import { assertEquals } from "@std/assert";
import { Client, socketUrl } from "../../../lib/realtime/client/client.ts";
import { CREDENTIALS, type SignedIn } from "../app.ts";
import { waitFor } from "../wait.ts";
import { clientEnvironment } from "./environment.ts";
import type { Ledger } from "./ledger.ts";

/** Somebody with our own client on one channel, who writes down what comes. */
export class Listener implements Disposable {
  /** Ids of the messages, as they came. */
  readonly received: string[] = [];
  readonly contents = new Map<string, string>();
  /** How often the server said that it cannot replay everything. */
  expired = 0;
  readonly client: Client;
  #state = "";

  private constructor(
    readonly name: string,
    user: SignedIn,
    origins: () => readonly string[],
    channel: string,
    since: string,
  ) {
    this.client = new Client(
      clientEnvironment(user, origins),
      socketUrl(user.origin, CREDENTIALS.key),
    );
    this.client.subscribe(channel, {
      since,
      onEvent: ({ event, data }) => {
        if (event !== "message:new") return;
        const message = data as { id: string; content: string };
        this.received.push(message.id);
        this.contents.set(message.id, message.content);
      },
      onExpired: () => this.expired++,
      onState: (state, refusal) =>
        this.#state = refusal ? `${state}: ${refusal.error}` : state,
    });
  }

  /** Reads where the channel stands and listens from there. */
  static async open(
    name: string,
    user: SignedIn,
    origins: () => readonly string[],
    channel: string,
  ): Promise<Listener> {
    const path = `/api/channels/${channel}/messages?limit=1`;
    const response = await user.fetch(path, { origin: origins()[0] });
    const { position } = await response.json();
    const listener = new Listener(name, user, origins, channel, position);
    await waitFor(() => listener.#state === "subscribed", {
      what: () => `${name} to be subscribed, it is ${listener.#state}`,
    });
    return listener;
  }

  [Symbol.dispose](): void {
    this.client.stop();
  }
}

/**
 * Waits until every listener has as much as was acknowledged, then looks closer: exactly that, each message once, all
 * in the same order, with what was sent in it. Returns the order.
 */
export async function assertExactlyOnce(
  ledger: Ledger,
  listeners: Listener[],
  timeout = 60_000,
): Promise<string[]> {
  const acknowledged = ledger.contents();
  await waitFor(
    () => listeners.every(({ received }) => received.length >= ledger.size),
    {
      timeout,
      what: () =>
        listeners.map(({ name, received, expired, client }) =>
          `${name} to have ${ledger.size} messages, it has ${received.length} ` +
          `(${client.state.value}, ${expired} × expired)`
        ).join("; "),
    },
  );
  for (const { name, received, contents, expired } of listeners) {
    assertEquals(expired, 0, `${name} was told to start anew`);
    const twice = received.filter((id, at) => received.indexOf(id) !== at);
    assertEquals(twice, [], `${name} got messages twice`);
    assertEquals(
      Object.fromEntries([...contents].sort()),
      Object.fromEntries([...acknowledged].sort()),
      `${name} holds other messages than were acknowledged`,
    );
    assertEquals(
      received,
      listeners[0]!.received,
      `${name} and ${listeners[0]!.name} have different orders`,
    );
  }
  return listeners[0]!.received;
}

/** The newest `count` messages of a channel as the JSON API has them, oldest first. */
export async function readHistory(
  user: SignedIn,
  channel: string,
  origin: string,
  count: number,
): Promise<string[]> {
  const ids: string[] = [];
  let before = "";
  while (ids.length < count) {
    const query = `limit=100${before && `&before=${before}`}`;
    const response = await user.fetch(
      `/api/channels/${channel}/messages?${query}`,
      { origin },
    );
    const page = await response.json();
    ids.push(...page.messages.map((message: { id: string }) => message.id));
    if (!page.before) break;
    before = encodeURIComponent(page.before);
  }
  return ids.slice(0, count).reverse();
}
