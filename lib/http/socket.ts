import type { Context } from "fresh";
import { type CloseKind, CLOSES } from "../realtime/closes.ts";
import { errorFrame } from "../realtime/frames.ts";
import type { State } from "./define.ts";
import { isSameOrigin } from "./origin.ts";
import { caller } from "./session.ts";

/** Seconds after which Deno pings a silent socket at protocol level and ends it when no pong comes. */
const IDLE_TIMEOUT = 60;

/**
 * Upgrades to a WebSocket of the Pusher protocol. A refusal is told on the socket, as the protocol has it, since
 * browsers hide the answer to a refused upgrade.
 */
export function acceptSocket(ctx: Context<State>): Response {
  const { platform, user, session } = ctx.state;
  const { config, realtime } = platform;
  const query = ctx.url.searchParams;
  const { address } = caller(ctx);
  // Another site's page may connect, as with hosted Pusher, but not as the person whose cookie the browser sends.
  const trusted = isSameOrigin(ctx.req, config.origin);
  // The request cannot be read any more once it is upgraded.
  const { socket, response } = ctx.upgrade({ idleTimeout: IDLE_TIMEOUT });
  const refusal =
    protocolRefusal(ctx.params.key ?? "", config.app.key, query) ??
      realtime.refusal(address);
  if (refusal) {
    refuse(socket, refusal);
    return response;
  }
  realtime.accept(socket, {
    actor: trusted && user ? { id: user.id, role: user.role } : null,
    profile: trusted && user ? { handle: user.handle, name: user.name } : null,
    sessionHash: trusted && session ? session.tokenHash : null,
    address,
    takesBatches: query.get("client") === "nexora-js" ||
      query.get("batch") === "1",
  });
  return response;
}

function protocolRefusal(
  key: string,
  appKey: string,
  query: URLSearchParams,
): CloseKind | null {
  if (key !== appKey) return CLOSES.unknownApp;
  const protocol = query.get("protocol");
  if (protocol === null) return CLOSES.noProtocol;
  // Protocols 5 to 7 differ only in what newer clients may leave out.
  if (!/^[567]$/.test(protocol)) return CLOSES.unsupportedProtocol;
  const version = query.get("version");
  if (version !== null && !/^[\w.\-+]{1,40}$/.test(version)) {
    return CLOSES.badVersion;
  }
  return null;
}

function refuse(socket: WebSocket, { code, reason }: CloseKind): void {
  socket.addEventListener("open", () => {
    socket.send(errorFrame(code, reason));
    socket.close(code, reason);
  }, { once: true });
}
