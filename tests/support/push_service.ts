import { createECDH, randomBytes } from "node:crypto";
import { Buffer } from "node:buffer";
import ece from "http_ece";

/** A message as the push service got it, and as its browser reads it. */
export interface Pushed {
  path: string;
  headers: Headers;
  /** Decrypted JSON. */
  data: Record<string, unknown>;
}

/** A browser's push service on loopback, and the browser that can decrypt what comes (RFC 8291). */
export class PushService implements AsyncDisposable {
  readonly pushed: Pushed[] = [];
  /** What it answers, by path; default 201. */
  readonly answers = new Map<string, number[]>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #scheme: "http" | "https";
  readonly #ecdh = createECDH("prime256v1");
  readonly #auth = randomBytes(16);

  /** @param tls of `loopbackCertificate`: the app as a whole sends to https only */
  constructor(tls?: { cert: string; key: string }) {
    this.#ecdh.generateKeys();
    this.#scheme = tls ? "https" : "http";
    this.#server = Deno.serve({
      hostname: "127.0.0.1",
      port: 0,
      onListen: () => {},
      ...tls,
    }, async (request) => {
      const path = new URL(request.url).pathname;
      const body = Buffer.from(await request.arrayBuffer());
      const status = this.answers.get(path)?.shift() ?? 201;
      if (status === 201) {
        const plain = ece.decrypt(body, {
          version: "aes128gcm",
          privateKey: this.#ecdh,
          authSecret: this.#auth.toString("base64url"),
        });
        const data = JSON.parse(plain.toString());
        // Those of the request end with it.
        const headers = new Headers(request.headers);
        this.pushed.push({ path, headers, data });
      }
      return new Response(null, { status });
    });
  }

  /** Push endpoints are https; `fetch` brings them to loopback. */
  readonly origin = "https://push.test";

  /** A server's way here. */
  readonly fetch: typeof fetch = (input, init) => {
    return fetch(String(input).replace(this.origin, this.local), init);
  };

  /** Where it listens: outside production the app calls it there. */
  get local(): string {
    return `${this.#scheme}://127.0.0.1:${this.#server.addr.port}`;
  }

  /** What the browser's `PushSubscription.toJSON()` gives. */
  subscription(name = "browser", origin = this.origin) {
    return {
      endpoint: `${origin}/push/${name}`,
      keys: {
        p256dh: this.#ecdh.getPublicKey("base64url"),
        auth: this.#auth.toString("base64url"),
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
