/** What the client does after a close code: the ranges encode it, as in the Pusher protocol. */
export type AfterClose =
  /** Give up: the same connection attempt will be refused again. */
  | "stop"
  /** Connect again after a backoff. */
  | "backoff"
  /** Connect again at once. */
  | "now";

export interface CloseKind {
  code: number;
  reason: string;
  after: AfterClose;
}

export const CLOSES = {
  unknownApp: {
    code: 4001,
    reason: "There is no app with this key",
    after: "stop",
  },
  disabled: { code: 4003, reason: "The app is disabled", after: "stop" },
  overQuota: {
    code: 4004,
    reason: "The app has too many connections",
    after: "stop",
  },
  badPath: {
    code: 4005,
    reason: "The path is not of the form /app/{key}",
    after: "stop",
  },
  badVersion: {
    code: 4006,
    reason: "The version string is not valid",
    after: "stop",
  },
  unsupportedProtocol: {
    code: 4007,
    reason: "This server speaks protocol 7",
    after: "stop",
  },
  noProtocol: {
    code: 4008,
    reason: "Name the protocol: ?protocol=7",
    after: "stop",
  },
  unauthorised: {
    code: 4009,
    reason: "The connection is not authorised",
    after: "stop",
  },
  overCapacity: {
    code: 4100,
    reason: "Over capacity, connect again later",
    after: "backoff",
  },
  slowConsumer: {
    code: 4100,
    reason: "The client reads too slowly",
    after: "backoff",
  },
  reconnect: { code: 4200, reason: "Connect again", after: "now" },
  pongMissing: { code: 4201, reason: "No pong in time", after: "now" },
  inactive: { code: 4202, reason: "Inactive for too long", after: "now" },
} as const satisfies Record<string, CloseKind>;

/** What to do after `code`, for codes of the table and any other: 4000–4099 stop, 4100–4199 back off, 4200–4299 now. */
export function afterClose(code: number): AfterClose {
  if (code >= 4000 && code < 4100) return "stop";
  if (code >= 4200 && code < 4300) return "now";
  return "backoff";
}
