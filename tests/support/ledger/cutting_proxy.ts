import { randomFrom } from "./faults.ts";

export interface CuttingOptions {
  /** Where the server listens on 127.0.0.1. */
  port: number;
  /** Decides which connections are cut. */
  seed: number;
  /** Milliseconds between two looks, and the chance that a connection is cut at one. */
  every: number;
  chance: number;
}

/** Passes TCP connections on to a server and cuts them at random, in the middle of whatever they carry. */
export class CuttingProxy implements Disposable {
  readonly origin: string;
  /** Connections cut so far. */
  cuts = 0;
  readonly #listener: Deno.TcpListener;
  readonly #open = new Set<() => void>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor({ port, seed, every, chance }: CuttingOptions) {
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.origin = `http://127.0.0.1:${this.#listener.addr.port}`;
    void this.#accept(port);
    const random = randomFrom(seed);
    this.#timer = setInterval(() => {
      for (const cut of [...this.#open]) {
        if (random() >= chance) continue;
        this.cuts++;
        cut();
      }
    }, every);
  }

  /** Lets every connection live from now on. */
  calm(): void {
    clearInterval(this.#timer);
  }

  [Symbol.dispose](): void {
    this.calm();
    this.#listener.close();
    for (const cut of [...this.#open]) cut();
  }

  async #accept(port: number): Promise<void> {
    try {
      for await (const client of this.#listener) void this.#pass(client, port);
    } catch {
      // Closed.
    }
  }

  async #pass(client: Deno.TcpConn, port: number): Promise<void> {
    let server: Deno.TcpConn;
    try {
      server = await Deno.connect({ hostname: "127.0.0.1", port });
    } catch {
      client.close();
      return;
    }
    const cut = () => {
      this.#open.delete(cut);
      for (const conn of [client, server]) {
        try {
          conn.close();
        } catch {
          // It is closed.
        }
      }
    };
    this.#open.add(cut);
    await Promise.allSettled([
      client.readable.pipeTo(server.writable),
      server.readable.pipeTo(client.writable),
    ]);
    cut();
  }
}
