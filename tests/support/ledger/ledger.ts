import type { SignedIn } from "../app.ts";

/** What the server answered to a send. */
export interface Acknowledged {
  id: string;
  content: string;
  position: string;
}

/** The sends that were acknowledged: what everybody has to have in the end, and nothing else. */
export class Ledger {
  readonly #acknowledged = new Map<string, Acknowledged>();

  get size(): number {
    return this.#acknowledged.size;
  }

  /** @throws {Error} when a send that is known already has become another message */
  acknowledge(clientId: string, entry: Acknowledged): void {
    const known = this.#acknowledged.get(clientId);
    if (known && known.id !== entry.id) {
      throw new Error(`${clientId} became ${known.id} and then ${entry.id}`);
    }
    this.#acknowledged.set(clientId, entry);
  }

  /** Message id → content. */
  contents(): Map<string, string> {
    return new Map(
      [...this.#acknowledged.values()].map(({ id, content }) => [id, content]),
    );
  }
}

export interface SendOptions {
  user: SignedIn;
  channel: string;
  contents: string[];
  ledger: Ledger;
  /** Where to send; asked before each attempt. */
  origins: () => readonly string[];
  /** Sends under way at once; default 4. */
  concurrency?: number;
  /** Attempts for one message until it gives up; default 400. */
  attempts?: number;
  /** Messages a second at the most; default: as fast as it goes. */
  pace?: number;
}

/**
 * Sends every message until it is acknowledged, as our client does: with the same client id each time.
 *
 * @throws {Error} when a message is refused, or not acknowledged after all attempts
 */
export async function sendAll(options: SendOptions): Promise<void> {
  const { contents, concurrency = 4, pace } = options;
  const start = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (next < contents.length) {
      const n = next++;
      if (pace) await pause(start + n * 1000 / pace - performance.now());
      await sendOne(options, contents[n]!);
    }
  }));
}

async function sendOne(options: SendOptions, content: string): Promise<void> {
  const { user, channel, ledger, origins, attempts = 400 } = options;
  const clientId = crypto.randomUUID();
  let last: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const all = origins();
    const origin = all[Math.floor(Math.random() * all.length)]!;
    try {
      const response = await user.fetch(`/api/channels/${channel}/messages`, {
        method: "POST",
        json: { content, clientId },
        origin,
        signal: AbortSignal.timeout(10_000),
      });
      const text = await response.text();
      if (response.ok) {
        const { message, position } = JSON.parse(text);
        ledger.acknowledge(clientId, {
          id: message.id,
          content: message.content,
          position,
        });
        return;
      }
      last = `${response.status} ${text}`;
      if (response.status < 500 && response.status !== 429) break;
    } catch (error) {
      last = error;
    }
    await pause(50);
  }
  throw new Error(`"${content}" was not acknowledged: ${last}`);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) =>
    setTimeout(resolve, Math.max(0, milliseconds))
  );
}
