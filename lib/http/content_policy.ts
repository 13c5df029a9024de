import { csp, type Middleware } from "fresh";
import type { State } from "./define.ts";

/**
 * What pages may load: their own scripts and styles, and sockets to anywhere the page itself may name (a page behind
 * another host's proxy connects by its own address). Uploads and avatars are `blob:` and `data:` images.
 */
const POLICY = [
  "connect-src 'self' ws: wss:",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "frame-ancestors 'none'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "media-src 'self' blob:",
];

/** Error pages run no inline script, so theirs is the same without a nonce. */
export const ERROR_PAGE_POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  ...POLICY,
].join("; ");

/** The socket and the Pusher-compatible API. */
const FOR_SERVERS = /^\/apps?\//;

/** Part of Fresh's default. It would send browsers to a port without TLS by https, so it is for https alone. */
const UPGRADE = /; upgrade-insecure-requests/;

/**
 * Sets `Content-Security-Policy`, with a nonce for the scripts of a page. What a route has set itself stays: files that
 * people have sent are in a sandbox.
 */
export function contentPolicy(): Middleware<State> {
  const policy = csp<State>({ useNonce: true, csp: POLICY });
  return async (ctx) => {
    // What programs publish to is no page, and comes thousands of times a second.
    if (FOR_SERVERS.test(ctx.url.pathname)) return await ctx.next();
    let own: string | null = null;
    const response = await policy(Object.create(ctx, {
      next: {
        value: async () => {
          const answer = await ctx.next();
          own = answer.headers.get("content-security-policy");
          return answer;
        },
      },
    }));
    if (own !== null) {
      response.headers.set("content-security-policy", own);
      return response;
    }
    const { origin } = ctx.state.platform.config;
    const secure = (origin ?? ctx.url.origin).startsWith("https:");
    const header = response.headers.get("content-security-policy");
    if (!secure && header !== null && response.status !== 101) {
      response.headers.set(
        "content-security-policy",
        header.replace(UPGRADE, ""),
      );
    }
    return response;
  };
}
