import { type App, type ListenOptions, setBuildCache } from "../app.ts";
import type { SnapshotCache } from "../build_caches.ts";
import { LIVE_RELOAD } from "../client/live.ts";
import type { Build } from "./build.ts";
import type { ResolvedBuildConfig } from "./builder.ts";

interface DevOptions<State> {
  app: App<State>;
  config: ResolvedBuildConfig;
  first: Build;
  rebuild(): Promise<Build>;
  toCache(build: Build): Promise<SnapshotCache<State>>;
  options: ListenOptions;
}

const ALIVE = "/_frsh/alive";
const SCRIPT = "/_frsh/live.js";

/** Milliseconds for the writes of one save to settle. */
const SETTLE = 60;

/** Serves an app until `options.signal` aborts; returns once it listens. */
export async function serveDev<State>(dev: DevOptions<State>): Promise<void> {
  const { app, config, options } = dev;
  const pages = new LivePages();
  let build = dev.first;
  let handler = await apply(build);

  async function apply(next: Build) {
    const cache = await dev.toCache(next);
    cache.devScript = `<script type="module" src="${SCRIPT}"></script>`;
    setBuildCache(app, cache, "development");
    return app.handler();
  }

  const { port, hostname = "127.0.0.1", onListen, ...rest } = options;
  const server = Deno.serve({
    ...rest,
    hostname,
    port: port ?? 8000,
    onListen: onListen ?? ((addr) => {
      console.log(
        `Fresh is ready at http://${addr.hostname}:${addr.port}${app.config.basePath}/`,
      );
    }),
  } as Deno.ServeTcpOptions, (req, info) => {
    const { pathname } = new URL(req.url);
    if (pathname === ALIVE) return pages.connect();
    if (pathname === SCRIPT) {
      return new Response(LIVE_RELOAD, {
        headers: { "Content-Type": "text/javascript" },
      });
    }
    return handler(req, info);
  });
  void server.finished.then(() => pages.close());

  void watch(config, options.signal ?? undefined, async () => {
    const next = await dev.rebuild();
    const before = build;
    build = next;
    handler = await apply(next);
    if (shape(before) !== shape(next)) pages.reload();
    else if (before.buildId !== next.buildId) pages.refreshStyles();
  });
}

/** What a page has loaded, apart from static files. */
function shape({ islands, routes }: Build): string {
  return JSON.stringify([islands.map(({ path }) => path), routes]);
}

/**
 * Calls back when a file of the project was added, removed or, if it is a static
 * file, changed. A changed module restarts the process: `deno run --watch`.
 */
async function watch(
  config: ResolvedBuildConfig,
  signal: AbortSignal | undefined,
  onChange: () => Promise<void>,
): Promise<void> {
  const folders = [...config.staticDir, config.islandDir, config.routeDir]
    .filter(exists);
  if (folders.length === 0) return;
  using watcher = Deno.watchFs(folders);
  signal?.addEventListener("abort", () => watcher.close(), { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const { kind, paths } of watcher) {
    if (kind === "access") continue;
    const isStatic = paths.some((path) =>
      config.staticDir.some((dir) => path.startsWith(dir))
    );
    if (!isStatic && kind === "modify") continue;
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange().catch((error) => console.error(error));
    }, SETTLE);
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** The pages that are open in browsers. */
class LivePages {
  #open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #encoder = new TextEncoder();
  /** A page that has seen another one is out of date. */
  #version: string = crypto.randomUUID();

  connect(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#open.add(own = controller);
        controller.enqueue(this.#encoder.encode(`data: ${this.#version}\n\n`));
      },
      cancel: () => void this.#open.delete(own),
    });
    return new Response(body, {
      headers: {
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-store",
      },
    });
  }

  reload(): void {
    this.#version = crypto.randomUUID();
    this.#send(`data: ${this.#version}\n\n`);
  }

  refreshStyles(): void {
    this.#send("event: css\ndata: 1\n\n");
  }

  #send(text: string): void {
    for (const page of this.#open) page.enqueue(this.#encoder.encode(text));
  }

  close(): void {
    for (const page of this.#open) page.close();
    this.#open.clear();
  }
}
