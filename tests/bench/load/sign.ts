import { createHash, createHmac } from "node:crypto";
import { CREDENTIALS } from "../../support/app.ts";

/** The target (path and query) of a signed request to the Pusher-compatible HTTP API. */
export function signedTarget(
  method: string,
  path: string,
  body: string,
  now = Date.now(),
): string {
  const md5 = createHash("md5").update(body).digest("hex");
  const query = `auth_key=${CREDENTIALS.key}&auth_timestamp=${
    Math.floor(now / 1000)
  }&auth_version=1.0&body_md5=${md5}`;
  const signature = createHmac("sha256", CREDENTIALS.secret)
    .update(`${method}\n${path}\n${query}`).digest("hex");
  return `${path}?${query}&auth_signature=${signature}`;
}
