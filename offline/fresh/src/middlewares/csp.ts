import { NONCE_SYMBOL } from "../server/document.ts";
import type { Middleware } from "../types.ts";

export { NONCE_SYMBOL };

/** Options of {@linkcode csp}. */
export interface CSPOptions {
  /** Only reports what it would refuse. */
  reportOnly?: boolean;
  /** Where browsers report to. */
  reportTo?: string;
  /** Directives in the place of, or besides, the default ones. */
  csp?: string[];
  /** Allows inline scripts and styles of a page by a nonce. */
  useNonce?: boolean;
}

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

const WITH_NONCE = new Set([
  "default-src",
  "script-src",
  "style-src",
  "script-src-elem",
  "style-src-elem",
  "style-src-attr",
]);

/** Sets `Content-Security-Policy`. Error pages do not get it. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly, reportTo, useNonce } = options;
  const directives = new Map(DEFAULTS.map((text) => [nameOf(text), text]));
  for (const text of options.csp ?? []) directives.set(nameOf(text), text);
  if (reportTo) {
    directives.set("report-to", "report-to csp-endpoint");
    directives.set("report-uri", `report-uri ${reportTo}`);
  }
  const list = [...directives.values()];
  const fixed = list.join("; ");
  const header = `Content-Security-Policy${reportOnly ? "-Report-Only" : ""}`;

  return async (ctx) => {
    const res = await ctx.next();
    // The headers of an upgrade to a WebSocket cannot be changed.
    if (res.status === 101) return res;
    const nonce = (res as { [NONCE_SYMBOL]?: string })[NONCE_SYMBOL];
    res.headers.set(
      header,
      useNonce && nonce
        ? list.map((text) => allowNonce(text, nonce)).join("; ")
        : fixed,
    );
    if (reportTo) {
      res.headers.set("Reporting-Endpoints", `csp-endpoint="${reportTo}"`);
    }
    return res;
  };
}

function nameOf(directive: string): string {
  return directive.trim().split(/\s+/, 1)[0]!;
}

function allowNonce(directive: string, nonce: string): string {
  return WITH_NONCE.has(nameOf(directive))
    ? directive.replace("'unsafe-inline'", `'nonce-${nonce}'`)
    : directive;
}
