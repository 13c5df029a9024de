import { Child, freePort } from "./child.ts";

/** What test clients of a KV Connect store have in `DENO_KV_ACCESS_TOKEN`. */
export const KV_TOKEN = "nexora-test";

/** A KV Connect store that runs as a process: kill it, stall it, start it again on the same rows and port. */
export class KvStoreProcess implements AsyncDisposable {
  readonly port: number;
  readonly #path: string;
  #child: Child;

  private constructor(path: string, port: number, child: Child) {
    this.#path = path;
    this.port = port;
    this.#child = child;
  }

  /** Starts it with its rows in a SQLite file at `path`. */
  static async start(path: string): Promise<KvStoreProcess> {
    const port = freePort();
    return new KvStoreProcess(path, port, await launch(path, port));
  }

  /** For `Deno.openKv` and `KV_PATH`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The end without warning: what was acknowledged stays, connections break. */
  async kill(): Promise<void> {
    await this.#child.stop("SIGKILL");
  }

  async restart(): Promise<void> {
    await this.kill();
    this.#child = await launch(this.#path, this.port);
  }

  /** Stops answering without closing anything, as a network that swallows packets. */
  stall(): void {
    this.#child.signal("SIGSTOP");
  }

  resume(): void {
    this.#child.signal("SIGCONT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }
}

async function launch(path: string, port: number): Promise<Child> {
  const script = new URL("./kv_connect_server.ts", import.meta.url).pathname;
  const args = ["run", "-A", "--no-check", script, "--path", path];
  const child = new Child({ args: [...args, "--port", `${port}`] });
  await child.printed(/KV Connect on/);
  return child;
}

/** Opens a store over KV Connect with the token that test stores take. */
export async function openRemoteKv(url: string): Promise<Deno.Kv> {
  Deno.env.set("DENO_KV_ACCESS_TOKEN", KV_TOKEN);
  return await Deno.openKv(url);
}
