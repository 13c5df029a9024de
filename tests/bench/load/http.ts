import { writeAll } from "./websocket.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("latin1");

/** An answer, as far as a load generator looks at it. */
export interface LoadAnswer {
  status: number;
  body: string;
}

/** One keep-alive HTTP/1.1 connection that costs little. One request at a time; answers need a content-length. */
export class LoadConnection {
  readonly #conn: Deno.TcpConn;
  readonly #port: number;
  #buffer = new Uint8Array(16 * 1024);

  private constructor(conn: Deno.TcpConn, port: number) {
    this.#conn = conn;
    this.#port = port;
  }

  static async open(port: number): Promise<LoadConnection> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port });
    conn.setNoDelay(true);
    return new LoadConnection(conn, port);
  }

  /** A request's bytes, for `exchange`; make them before the clock runs. */
  encode(method: string, target: string, body: string): Uint8Array {
    const payload = encoder.encode(body);
    const head = encoder.encode(
      `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${payload.length}\r\n\r\n`,
    );
    const request = new Uint8Array(head.length + payload.length);
    request.set(head);
    request.set(payload, head.length);
    return request;
  }

  /** @throws {Error} when the server hangs up */
  async exchange(request: Uint8Array): Promise<LoadAnswer> {
    await writeAll(this.#conn, request);
    let held = 0;
    while (true) {
      const n = await this.#conn.read(this.#buffer.subarray(held));
      if (n === null) throw new Error("The server hung up");
      held += n;
      const text = decoder.decode(this.#buffer.subarray(0, held));
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) continue;
      const length = /content-length: *(\d+)/i.exec(text)?.[1];
      if (length === undefined) throw new Error(`No content-length: ${text}`);
      if (held < end + 4 + Number(length)) continue;
      return { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
    }
  }

  close(): void {
    this.#conn.close();
  }
}
