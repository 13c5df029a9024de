import { AppProcess, CREDENTIALS, ROOT } from "../../support/app.ts";
import { Child, freePort } from "../../support/child.ts";
import { waitFor } from "../../support/wait.ts";
import type { LoadConnection } from "./http.ts";
import { signedTarget } from "./sign.ts";
import type { LoadSocket } from "./websocket.ts";

/** A running server under test. */
export interface Running extends AsyncDisposable {
  pid: number;
  port: number;
}

/** A server, and how a client speaks to it. */
export interface Contestant {
  name: string;
  start(core: number): Promise<Running>;
  /** Path of the WebSocket endpoint. */
  path: string;
  /** `true` if a client is subscribed as soon as it is connected. */
  readyAtOnce: boolean;
  /** Answers a frame that carries no stamp; `true` once the client is subscribed. */
  onFrame(socket: LoadSocket, text: string): boolean;
  /** The bytes of the request that sends `payload` to every subscriber. */
  publish(connection: LoadConnection, payload: string): Uint8Array;
}

export const CHANNEL = "bench";

const plain = {
  readyAtOnce: true,
  path: "/",
  onFrame: () => false,
  publish: (connection: LoadConnection, payload: string) =>
    connection.encode("POST", "/publish", payload),
};

const EVENTS = `/apps/${CREDENTIALS.id}/events`;

/** Ours, as it is served in production, every event committed to a SQLite file before it is delivered. */
export function nexora(
  options: { name?: string; batch?: boolean; flags?: string[] } = {},
): Contestant {
  return {
    name: options.name ?? "Nexora (committed first)",
    async start(core) {
      const directory = await Deno.makeTempDir();
      const app = await AppProcess.start({
        kvPath: `${directory}/bench.db`,
        core,
        flags: options.flags,
        env: { DEMO: "0" },
      });
      return {
        pid: app.pid,
        port: app.port,
        async [Symbol.asyncDispose]() {
          // Asked first: a profile is written at a proper end only.
          await app.terminate();
          await Deno.remove(directory, { recursive: true });
        },
      };
    },
    path: `/app/${CREDENTIALS.key}?protocol=7&client=bench&version=1.0.0` +
      (options.batch ? "&batch=1" : ""),
    readyAtOnce: false,
    onFrame(socket, text) {
      if (text.includes('"pusher:connection_established"')) {
        void socket.send(
          `{"event":"pusher:subscribe","data":{"channel":"${CHANNEL}"}}`,
        );
      } else if (text.includes('"pusher:ping"')) {
        void socket.send('{"event":"pusher:pong"}');
      }
      return text.includes('"pusher_internal:subscription_succeeded"');
    },
    publish(connection, payload) {
      const body = JSON.stringify({
        name: "message",
        channel: CHANNEL,
        data: payload,
      });
      return connection.encode(
        "POST",
        signedTarget("POST", EVENTS, body),
        body,
      );
    },
  };
}

export const rawDeno: Contestant = {
  ...plain,
  name: "Deno.serve, a loop",
  async start(core) {
    const port = freePort();
    const script = `${ROOT}tests/bench/peers/raw_deno.ts`;
    const child = new Child({ args: ["run", "-A", script, `${port}`], core });
    await child.printed(/Listening/);
    return running(child, port);
  },
};

export const ws: Contestant = {
  ...plain,
  name: "ws 8, a loop",
  start: (core) => startNpmPeer("ws_server.mjs", core),
};

export const socketIo: Contestant = {
  ...plain,
  name: "socket.io 4.8",
  start: (core) => startNpmPeer("socketio_server.mjs", core),
  path: "/socket.io/?EIO=4&transport=websocket",
  readyAtOnce: false,
  onFrame(socket, text) {
    if (text.startsWith("0")) void socket.send("40");
    else if (text === "2") void socket.send("3");
    return text.startsWith("40");
  },
};

/** What the peers of npm run on: Node where there is one with npm, as their users would, else Deno. */
let runtime: Promise<{ command: string; args: string[]; directory: string }>;

async function startNpmPeer(script: string, core: number): Promise<Running> {
  const { command, args, directory } = await (runtime ??= prepareRuntime());
  const port = freePort();
  const child = new Child({
    command,
    args: [...args, `${directory}/${script}`, String(port)],
    core,
    env: { NODE_ENV: "production" },
  });
  await child.printed(/listening/);
  return running(child, port);
}

async function prepareRuntime(): ReturnType<typeof prepareOnDeno> {
  const directory = `${await temporaryRoot()}/nexora-bench-peers`;
  const peers = `${ROOT}tests/bench/peers`;
  try {
    await Deno.mkdir(directory, { recursive: true });
    for (const script of ["ws_server.mjs", "socketio_server.mjs"]) {
      await Deno.copyFile(`${peers}/${script}`, `${directory}/${script}`);
    }
    const { success } = await new Deno.Command("npm", {
      args: ["install", "--no-audit", "--no-fund", "ws@8", "socket.io@4.8"],
      cwd: directory,
      stdout: "null",
      stderr: "null",
    }).output();
    const node = await new Deno.Command("node", { args: ["--version"] })
      .output();
    if (success && node.success) {
      console.log(
        `Peers run on Node ${new TextDecoder().decode(node.stdout).trim()}`,
      );
      return { command: "node", args: [], directory };
    }
  } catch {
    // No Node or no npm here.
  }
  return await prepareOnDeno(peers);
}

function prepareOnDeno(
  directory: string,
): Promise<{ command: string; args: string[]; directory: string }> {
  console.log("Peers run on Deno: no Node here");
  const command = Deno.execPath();
  return Promise.resolve({ command, args: ["run", "-A"], directory });
}

async function temporaryRoot(): Promise<string> {
  const directory = await Deno.makeTempDir();
  await Deno.remove(directory);
  return directory.slice(0, directory.lastIndexOf("/"));
}

async function running(child: Child, port: number): Promise<Running> {
  await waitFor(async () => {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  }, { what: "a peer to listen" });
  return {
    pid: child.pid,
    port,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
