import denoJson from "../../deno.json" with { type: "json" };
import { Child, freePort } from "./child.ts";
import { KV_TOKEN } from "./kv_store_process.ts";
import { waitFor } from "./wait.ts";

/** The root of the project. */
export const ROOT = new URL("../../", import.meta.url).pathname;

/** How the app is served. */
export interface AppOptions {
  /** SQLite path or KV Connect URL. */
  kvPath: string;
  /** Isolates of `deno serve --parallel`; default 1: without `--parallel`. */
  isolates?: number;
  /** Default: a free one. */
  port?: number;
  /** Beyond the defaults: demo world on, development secrets. */
  env?: Record<string, string>;
  /** Pin it to one core. */
  core?: number;
  /** Flags of `deno serve` itself, e.g. `--cpu-prof`. */
  flags?: string[];
  /** What is served; default: the project's own build. */
  entry?: string;
  /** Milliseconds until it has to be healthy; default 30,000. */
  timeout?: number;
}

/** The credentials of the Pusher-compatible API, as in development. */
export const CREDENTIALS = {
  id: "1234",
  key: "nexora-key",
  secret: "nexora-secret",
} as const;

let built: Promise<string> | undefined;

/**
 * The production build's entry. `NEXORA_TEST_SERVER` names one that exists (the test task builds once for all suites);
 * without it, it is built once for this process.
 */
export function builtServer(): Promise<string> {
  return built ??= (async () => {
    const given = Deno.env.get("NEXORA_TEST_SERVER");
    if (given) return given;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "build"],
      cwd: ROOT,
    }).output();
    if (code !== 0) {
      const text = new TextDecoder();
      throw new Error(
        `The build failed:\n${text.decode(stdout)}${text.decode(stderr)}`,
      );
    }
    return `${ROOT}_fresh/server.js`;
  })();
}

/** The app as users run it: its own process, its build, real HTTP. Killed when the test ends. */
export class AppProcess implements AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  readonly #options: AppOptions;
  #child: Child;
  /** Output of the runs before a restart. */
  #earlier = "";

  private constructor(options: AppOptions, port: number, child: Child) {
    this.#options = options;
    this.port = port;
    this.origin = `http://127.0.0.1:${port}`;
    this.#child = child;
  }

  /** Starts it and waits until `/healthz` says that it is well. */
  static async start(options: AppOptions): Promise<AppProcess> {
    const port = options.port ?? freePort();
    const app = new AppProcess(options, port, await launch(options, port));
    await app.#ready();
    return app;
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Everything it has printed, all runs. */
  get output(): string {
    return this.#earlier + this.#child.output;
  }

  get running(): boolean {
    return this.#child.status === null;
  }

  /** The end without warning. */
  async kill(): Promise<void> {
    await this.#child.stop("SIGKILL");
  }

  /** Asks it to end, and waits. */
  async terminate(
    signal: Deno.Signal = "SIGTERM",
  ): Promise<Deno.CommandStatus> {
    return await this.#child.stop(signal);
  }

  /** Kills it if it runs, and starts it again on the same port and store. */
  async restart(): Promise<void> {
    await this.kill();
    this.#earlier += this.#child.output;
    this.#child = await launch(this.#options, this.port);
    await this.#ready();
  }

  stall(): void {
    this.#child.signal("SIGSTOP");
  }

  resume(): void {
    this.#child.signal("SIGCONT");
  }

  /** Signs a demo user in. */
  async signIn(handle: string): Promise<SignedIn> {
    const response = await fetch(`${this.origin}/api/session/demo`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: this.origin,
      },
      body: JSON.stringify({ handle }),
    });
    const text = await response.text();
    const cookie = response.headers.getSetCookie()
      .map((line) => line.split(";")[0]!)
      .find((pair) => /session=./.test(pair));
    if (!response.ok || !cookie) {
      throw new Error(
        `${handle} could not sign in: ${response.status} ${text}`,
      );
    }
    return new SignedIn(this.origin, handle, cookie);
  }

  /** For an `unload` listener, where nothing can be awaited. */
  killAtExit(): void {
    this.#child.signal("SIGKILL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }

  async #ready(): Promise<void> {
    await waitFor(async () => {
      if (!this.running) return true;
      const response = await fetch(`${this.origin}/healthz`, {
        signal: AbortSignal.timeout(5_000),
      });
      await response.body?.cancel();
      return response.ok;
    }, {
      timeout: this.#options.timeout ?? 30_000,
      interval: 25,
      what: () => `the app to be healthy, it printed:\n${this.output}`,
    });
    if (!this.running) {
      throw new Error(`The app ended instead of serving:\n${this.output}`);
    }
  }
}

/** Runs with an app on a store of its own, which is deleted afterwards. */
export async function withApp(
  run: (app: AppProcess, kvPath: string) => Promise<void>,
  options: Omit<AppOptions, "kvPath"> = {},
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    const kvPath = `${directory}/kv.db`;
    await using app = await AppProcess.start({ ...options, kvPath });
    await run(app, kvPath);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** An app for all tests of a file, on a store of its own; both are gone when the file's process ends. */
export async function appOfFile(
  options: Omit<AppOptions, "kvPath"> = {},
): Promise<AppProcess> {
  const directory = await Deno.makeTempDir();
  const kvPath = `${directory}/kv.db`;
  const app = await AppProcess.start({ ...options, kvPath });
  globalThis.addEventListener("unload", () => {
    app.killAtExit();
    Deno.removeSync(directory, { recursive: true });
  });
  return app;
}

/** An answer, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Of JSON; `null` for anything else. */
  // deno-lint-ignore no-explicit-any -- looked at field by field
  body: any;
}

/** Reads an answer to its end. */
export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const json = /json/.test(headers.get("content-type") ?? "") && text !== "";
  return { status, headers, text, body: json ? JSON.parse(text) : null };
}

/** A signed-in user's way to the JSON API. */
export class SignedIn {
  constructor(
    readonly origin: string,
    readonly handle: string,
    /** `name=value`, for a `cookie` header. */
    readonly cookie: string,
  ) {}

  /** `fetch` with the session; `json` is sent as the body. `origin` talks to another process of the same site. */
  fetch(
    path: string,
    init: RequestInit & { json?: unknown; origin?: string } = {},
  ): Promise<Response> {
    const { json, origin = this.origin, ...rest } = init;
    const headers = new Headers(rest.headers);
    headers.set("cookie", this.cookie);
    if (json !== undefined) {
      headers.set("content-type", "application/json");
      rest.body = JSON.stringify(json);
    }
    if (rest.method && rest.method !== "GET" && !headers.has("origin")) {
      headers.set("origin", origin);
    }
    return fetch(origin + path, { ...rest, headers });
  }

  /** A request whose answer is read. */
  async ask(method: string, path: string, json?: unknown): Promise<Answer> {
    return await readAnswer(await this.fetch(path, { method, json }));
  }

  /** A request that has to succeed; gives its body. @throws {Error} when it does not */
  // deno-lint-ignore no-explicit-any -- looked at field by field
  async must(method: string, path: string, json?: unknown): Promise<any> {
    const { status, text, body } = await this.ask(method, path, json);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return body;
  }
}

/** V8's flags of `deno task start`: what is tested and measured is what is served. */
const V8_FLAGS = String(denoJson.tasks.start).match(/--v8-flags=\S+/g) ?? [];

async function launch(options: AppOptions, port: number): Promise<Child> {
  const isolates = options.isolates ?? 1;
  return new Child({
    args: [
      "serve",
      "-A",
      ...V8_FLAGS,
      ...(isolates > 1 ? ["--parallel"] : []),
      ...(options.flags ?? []),
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      options.entry ?? await builtServer(),
    ],
    cwd: ROOT,
    core: options.core,
    env: {
      PORT: String(port),
      HOST: "127.0.0.1",
      KV_PATH: options.kvPath,
      DENO_KV_ACCESS_TOKEN: KV_TOKEN,
      DENO_JOBS: String(isolates),
      DEMO: "1",
      ...options.env,
    },
  });
}
