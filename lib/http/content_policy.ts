import { csp, type Middleware } from "fresh";
import type { State } from "./define.ts";

/**
 * What pages may load: their own scripts and styles, and sockets to anywhere the page itself may name (a page behind
 * another host's proxy connects by its own address). Uploads and avatars are `blob:` and `data:` images.
 */
export function contentPolicy(): Middleware<State> {
  return csp({
    useNonce: true,
    csp: [
      "connect-src 'self' ws: wss:",
      "img-src 'self' data: blob:",
      "style-src 'self' 'unsafe-inline'",
      "frame-ancestors 'none'",
      "worker-src 'self'",
      "manifest-src 'self'",
      "media-src 'self' blob:",
    ],
  });
}
