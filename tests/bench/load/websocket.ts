/** What a `LoadSocket` tells. */
export interface LoadSocketEvents {
  /** A text frame's bytes, valid only during the call. `at`: `performance.now()` when they were read. */
  onText(frame: Uint8Array, at: number, socket: LoadSocket): void;
  onClose?(): void;
}

const encoder = new TextEncoder();
/** Any key will do: the server must take it, nobody checks the answer here. */
const KEY = "bmV4b3JhLWJlbmNobWFyaw==";

/**
 * A WebSocket client that costs little, so that the server is what is measured: one read call may bring many frames,
 * none of them becomes a string. Loopback only: frames are masked with zeros, and fragments are not put together.
 */
export class LoadSocket {
  readonly #conn: Deno.TcpConn;
  readonly #events: LoadSocketEvents;
  #buffer: Uint8Array<ArrayBuffer>;
  closed = false;
  /**
   * Called before each read. Waiting here lets frames collect in the kernel, so that a read brings several: the load
   * generator then has cycles left where the server has none. `undefined` where latency is measured.
   */
  beforeRead: (() => Promise<void>) | undefined;

  private constructor(
    conn: Deno.TcpConn,
    events: LoadSocketEvents,
    bufferSize: number,
  ) {
    this.#conn = conn;
    this.#events = events;
    this.#buffer = new Uint8Array(bufferSize);
  }

  /**
   * Opens `ws://127.0.0.1:{port}{path}`.
   *
   * @throws {Error} when the server does not upgrade
   */
  static async open(
    port: number,
    path: string,
    events: LoadSocketEvents,
    { headers = "", bufferSize = 4096 } = {},
  ): Promise<LoadSocket> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port });
    const socket = new LoadSocket(conn, events, bufferSize);
    try {
      await writeAll(
        conn,
        encoder.encode(
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
            `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n${headers}\r\n`,
        ),
      );
      const rest = await socket.#handshake();
      void socket.#read(rest);
      return socket;
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  /** Sends a text frame of less than 64 KiB. */
  async send(text: string): Promise<void> {
    const payload = encoder.encode(text);
    const long = payload.length > 125;
    const head = long
      ? [0x81, 0xfe, payload.length >> 8, payload.length & 255]
      : [0x81, 0x80 | payload.length];
    const frame = new Uint8Array(head.length + 4 + payload.length);
    frame.set(head);
    frame.set(payload, head.length + 4);
    await writeAll(this.#conn, frame);
  }

  /** Cuts the connection, without a closing handshake. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    try {
      this.#conn.close();
    } catch {
      // Cut by the other side meanwhile.
    }
  }

  /** Reads the answer to the upgrade; returns how many bytes of the buffer are already frames. */
  async #handshake(): Promise<number> {
    let held = 0;
    while (true) {
      const n = await this.#conn.read(this.#buffer.subarray(held));
      if (n === null) throw new Error("The server hung up");
      held += n;
      const text = new TextDecoder().decode(this.#buffer.subarray(0, held));
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) continue;
      if (!text.startsWith("HTTP/1.1 101")) {
        throw new Error(`No upgrade: ${text.slice(0, 200)}`);
      }
      this.#buffer.copyWithin(0, end + 4, held);
      return held - end - 4;
    }
  }

  async #read(held: number): Promise<void> {
    try {
      while (true) {
        const used = this.#parse(held);
        if (used > 0) {
          this.#buffer.copyWithin(0, used, held);
          held -= used;
        }
        if (held === this.#buffer.length) {
          const larger = new Uint8Array(2 * this.#buffer.length);
          larger.set(this.#buffer);
          this.#buffer = larger;
        }
        if (this.beforeRead) await this.beforeRead();
        const n = await this.#conn.read(this.#buffer.subarray(held));
        if (n === null) break;
        held += n;
      }
    } catch {
      // Reset by the server, or closed here.
    }
    this.close();
    this.#events.onClose?.();
  }

  /** Hands out the whole frames among the first `held` bytes; returns where the rest begins. */
  #parse(held: number): number {
    const buffer = this.#buffer;
    const at = performance.now();
    let start = 0;
    while (held - start >= 2) {
      let length = buffer[start + 1]! & 127;
      let head = 2;
      if (length === 126) {
        if (held - start < 4) break;
        length = buffer[start + 2]! << 8 | buffer[start + 3]!;
        head = 4;
      } else if (length === 127) {
        if (held - start < 10) break;
        length = new DataView(buffer.buffer).getUint32(start + 6);
        head = 10;
      }
      const end = start + head + length;
      if (end > held) break;
      const opcode = buffer[start]! & 15;
      if (opcode === 1) {
        this.#events.onText(buffer.subarray(start + head, end), at, this);
      } else if (opcode === 9) void this.#pong(buffer.slice(start + head, end));
      else if (opcode === 8) this.close();
      start = end;
    }
    return start;
  }

  async #pong(payload: Uint8Array): Promise<void> {
    const frame = new Uint8Array(6 + payload.length);
    frame.set([0x8a, 0x80 | payload.length]);
    frame.set(payload, 6);
    await writeAll(this.#conn, frame).catch(() => {});
  }
}

/** Writes all of `bytes`. */
export async function writeAll(
  conn: Deno.TcpConn,
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await conn.write(bytes.subarray(at));
  }
}
