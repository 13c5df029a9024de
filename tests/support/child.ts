import { waitFor } from "./wait.ts";

/** How a child process is started. */
export interface ChildOptions {
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
  /** Pin it to one core (needs `taskset`). */
  core?: number;
  /** The program; default: the Deno that runs this. */
  command?: string;
}

/** A process of a test: its output is kept, and it is gone when the test ends. */
export class Child implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #drained: Promise<unknown>;
  #output = "";
  /** How it ended; `null` while it runs. */
  status: Deno.CommandStatus | null = null;

  constructor(options: ChildOptions) {
    const command = options.command ?? Deno.execPath();
    const pinned = options.core === undefined
      ? [command]
      : ["taskset", "-c", String(options.core), command];
    this.#process = new Deno.Command(pinned[0]!, {
      args: [...pinned.slice(1), ...options.args],
      cwd: options.cwd,
      env: { NO_COLOR: "1", ...options.env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#drained = Promise.all([
      this.#keep(this.#process.stdout),
      this.#keep(this.#process.stderr),
      this.#process.status.then((status) => this.status = status),
    ]);
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** What it has written so far, both streams as they came. */
  get output(): string {
    return this.#output;
  }

  /** Waits for output that matches. */
  async printed(pattern: RegExp, timeout = 30_000): Promise<RegExpExecArray> {
    return await waitFor(() => {
      const found = pattern.exec(this.#output);
      if (found || !this.status) return found;
      throw new Error(`It ended with code ${this.status.code}`);
    }, { timeout, what: () => `${pattern} in:\n${this.#output}` });
  }

  /** Sends a signal; harmless once the process is gone. */
  signal(signal: Deno.Signal): void {
    if (this.status) return;
    try {
      this.#process.kill(signal);
    } catch {
      // It ended a moment ago.
    }
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: Deno.Signal = "SIGKILL"): Promise<Deno.CommandStatus> {
    this.signal(signal);
    await this.#drained;
    return this.status!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A process that a test has stopped with SIGSTOP dies of SIGKILL all the same.
    await this.stop("SIGKILL");
  }

  async #keep(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      this.#output += text;
    }
  }
}

/** A port that was free a moment ago. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}
