/** What to do when something happens to a WebSocket. */
export interface WebSocketHandlers {
  /** It is open. */
  open?(socket: WebSocket): void;
  /** A message came. */
  message?(socket: WebSocket, event: MessageEvent): void;
  /** It was closed. */
  close?(socket: WebSocket, code: number, reason: string): void;
  /** It failed. */
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** Options of `Deno.upgradeWebSocket`. */
export interface WebSocketUpgradeOptions {
  /** Seconds without a pong until it is closed; 0 for never. */
  idleTimeout?: number;
  /** The subprotocol to agree to. */
  protocol?: string;
}

const EVENTS = ["open", "message", "close", "error"] as const;

function isHandlers(
  value: WebSocketHandlers | WebSocketUpgradeOptions | undefined,
): value is WebSocketHandlers {
  return EVENTS.some((name) =>
    typeof (value as WebSocketHandlers | undefined)?.[name] === "function"
  );
}

/** Upgrades, and wires up handlers if there are any. */
export function upgrade(
  req: Request,
  first?: WebSocketHandlers | WebSocketUpgradeOptions,
  options?: WebSocketUpgradeOptions,
): Response | { socket: WebSocket; response: Response } {
  if (!isHandlers(first)) return Deno.upgradeWebSocket(req, first ?? options);
  const { socket, response } = Deno.upgradeWebSocket(req, options);
  if (first.open) socket.onopen = () => first.open!(socket);
  if (first.message) {
    socket.onmessage = (event) => first.message!(socket, event);
  }
  if (first.close) {
    socket.onclose = (event) => first.close!(socket, event.code, event.reason);
  }
  if (first.error) socket.onerror = (event) => first.error!(socket, event);
  return response;
}
