import type { Actor, Policy } from "../auth/policy.ts";
import type { Channel } from "./channels.ts";
import type { Hub } from "./hub.ts";
import { eventStream, type OpenStream } from "./stream.ts";

/** Whose stream it is, as far as it has to be ended when their rights end. */
export interface StreamReader {
  actor: Actor;
  sessionHash: string | null;
  address: string;
}

export interface StreamsOptions {
  hub: Pick<Hub, "attach" | "detach">;
  policy: Policy;
  changed: (channel: string) => void;
  /** A stream of this address has ended. */
  left: (address: string) => void;
}

interface Held extends StreamReader {
  channels: Channel[];
  stream: OpenStream;
}

/** The open Server-Sent Events streams of this isolate. */
export class Streams {
  readonly #options: StreamsOptions;
  readonly #held = new Set<Held>();

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#held.size;
  }

  /** @throws {NexoraError} `bad_request` when `since` does not fit the channels */
  open(
    channels: Channel[],
    since: string | null,
    reader: StreamReader,
  ): ReadableStream<Uint8Array> {
    const { hub, changed, left } = this.#options;
    const stream = eventStream({
      hub,
      channels,
      since,
      changed,
      ended: () => {
        if (this.#held.delete(held)) left(reader.address);
      },
    });
    const held: Held = { ...reader, channels, stream };
    this.#held.add(held);
    return stream.body;
  }

  endAll(): void {
    for (const { stream } of [...this.#held]) stream.end();
  }

  endOfUser(userId: string): void {
    for (const { actor, stream } of [...this.#held]) {
      if (actor?.id === userId) stream.end();
    }
  }

  endOfSession(tokenHash: string): void {
    for (const { sessionHash, stream } of [...this.#held]) {
      if (sessionHash === tokenHash) stream.end();
    }
  }

  /** Asks the policy again; `null` for everybody's streams. A reader who lost a channel has to ask anew for the others. */
  async recheck(userId: string | null): Promise<void> {
    for (const { actor, channels, stream } of [...this.#held]) {
      if (userId !== null && actor?.id !== userId) continue;
      try {
        for (const channel of channels) {
          const { kind } = channel.subject;
          if (kind === "app" || kind === "server-to-user") continue;
          if (!await this.#options.policy.may(actor, "see", channel)) {
            stream.end();
            break;
          }
        }
      } catch {
        // The store does not answer: who comes back is asked again.
        stream.end();
      }
    }
  }
}
