import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Credentials of the Pusher-compatible API. */
export interface AppCredentials {
  id: string;
  key: string;
  secret: string;
}

/** Hex HMAC-SHA-256. Node's synchronous form: WebCrypto's costs a trip to a thread for each of these short texts. */
export function hmacHex(secret: string, text: string | Uint8Array): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

export function md5Hex(bytes: Uint8Array | string): string {
  return createHash("md5").update(bytes).digest("hex");
}

/** Constant-time comparison of two texts of any length. */
export function sameText(a: string, b: string): boolean {
  const left = new TextEncoder().encode(a);
  const right = new TextEncoder().encode(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** `key:signature` over `socket_id:channel[:channel_data]` (source: Pusher, "Authentication signatures"). */
export function signChannel(
  app: AppCredentials,
  socketId: string,
  channel: string,
  channelData?: string,
): string {
  const text = channelData === undefined
    ? `${socketId}:${channel}`
    : `${socketId}:${channel}:${channelData}`;
  return `${app.key}:${hmacHex(app.secret, text)}`;
}

/** `key:signature` over `socket_id::user::user_data`. */
export function signUser(
  app: AppCredentials,
  socketId: string,
  userData: string,
): string {
  return `${app.key}:${hmacHex(app.secret, `${socketId}::user::${userData}`)}`;
}

export function verifyChannelAuth(
  app: AppCredentials,
  auth: string,
  socketId: string,
  channel: string,
  channelData?: string,
): boolean {
  return sameText(auth, signChannel(app, socketId, channel, channelData));
}

/** Seconds by which a request's clock may be off (source: Pusher HTTP API). */
const TIMESTAMP_TOLERANCE = 600;

export interface SignedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Uint8Array | null;
}

/** Returns why the signature of an HTTP API request does not hold, or `null` if it does. `now` in milliseconds. */
export function checkSignature(
  app: AppCredentials,
  request: SignedRequest,
  now: number,
): string | null {
  const { method, path, query, body } = request;
  if (query.get("auth_key") !== app.key) {
    return "auth_key is not the key of this app";
  }
  if (query.get("auth_version") !== "1.0") return "auth_version must be 1.0";
  const timestamp = query.get("auth_timestamp") ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) return "auth_timestamp must be in seconds";
  if (Math.abs(now / 1_000 - Number(timestamp)) > TIMESTAMP_TOLERANCE) {
    return `auth_timestamp is more than ${TIMESTAMP_TOLERANCE} s off`;
  }
  if (body && body.length > 0 && query.get("body_md5") !== md5Hex(body)) {
    return "body_md5 does not match the body";
  }
  const signature = query.get("auth_signature");
  if (signature === null) return "auth_signature is missing";
  const pairs: [string, string][] = [];
  for (const [name, value] of query) {
    if (name !== "auth_signature") pairs.push([name.toLowerCase(), value]);
  }
  pairs.sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
  const sorted = pairs.map(([name, value]) => `${name}=${value}`).join("&");
  const holds = (path: string) =>
    sameText(signature, hmacHex(app.secret, `${method}\n${path}\n${sorted}`));
  if (holds(path)) return null;
  const written = decoded(path);
  return written !== path && holds(written)
    ? null
    : "auth_signature does not match";
}

/** Pusher's packages sign a path as it is written, and escape what an URL cannot hold when they send it. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
