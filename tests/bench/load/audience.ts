import type { Contestant, Running } from "./contestants.ts";
import { pause, Samples } from "./measure.ts";
import { readStamp } from "./stamp.ts";
import { LoadSocket } from "./websocket.ts";

/** Many subscribers of one server. */
export class Audience {
  /** Stamped events that arrived, at all subscribers together. */
  delivered = 0;
  /** Milliseconds from publish to receive; cleared by whoever measures. */
  readonly latencies = new Samples();
  readonly #sockets: LoadSocket[] = [];

  get size(): number {
    return this.#sockets.length;
  }

  /** Connects `count` more clients and waits until all are subscribed. */
  async join(
    contestant: Contestant,
    server: Running,
    count: number,
    bufferSize?: number,
  ): Promise<void> {
    const one = async () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#sockets.push(
        await LoadSocket.open(server.port, contestant.path, {
          onText: (frame, at, socket) => {
            if (this.#count(frame, at)) return;
            if (contestant.onFrame(socket, decoder.decode(frame))) resolve();
          },
          onClose: () => reject(new Error("Closed by the server")),
        }, { bufferSize }),
      );
      if (contestant.readyAtOnce) resolve();
      await promise;
    };
    let started = 0;
    await Promise.all(Array.from({ length: 40 }, async () => {
      while (started++ < count) await one();
    }));
  }

  /** Reads in rounds of `milliseconds`, all sockets at once; 0: each as soon as there is something. */
  readEvery(milliseconds: number): void {
    let round: Promise<void> | undefined;
    const next = () =>
      round ??= pause(milliseconds).then(() => round = undefined);
    for (const socket of this.#sockets) {
      socket.beforeRead = milliseconds > 0 ? next : undefined;
    }
  }

  leave(): void {
    for (const socket of this.#sockets) socket.close();
  }

  /** A frame may carry several events, where the server was asked to batch. */
  #count(frame: Uint8Array, at: number): boolean {
    let found = false;
    for (let from = 0;;) {
      const stamp = readStamp(frame, from);
      if (!stamp) return found;
      found = true;
      this.delivered++;
      this.latencies.add(at - stamp.sentAt);
      from = frame.indexOf(64, from) + 23;
    }
  }
}

const decoder = new TextDecoder();
