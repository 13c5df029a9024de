const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a request with this method changes nothing. */
export function isSafeMethod(method: string): boolean {
  return SAFE.has(method);
}

/**
 * Whether a request may act with the cookies it carries. Browsers name the page's origin on every cross-origin write
 * and on every WebSocket upgrade, so an `Origin` that is there must be ours. Where it is absent (same-origin forms of
 * old browsers, `curl`) fetch metadata may still say that another site sent it; without either, no browser is
 * involved and there is no victim whose cookies could be borrowed.
 *
 * @param origin the public origin where a proxy hides it (`config.origin`)
 */
export function isSameOrigin(
  request: Request,
  origin: string | undefined,
): boolean {
  const from = request.headers.get("origin");
  if (from === null) {
    const site = request.headers.get("sec-fetch-site");
    return site === null || site === "same-origin" || site === "none";
  }
  if (origin !== undefined && from === new URL(origin).origin) return true;
  const url = new URL(request.url);
  if (from === url.origin) return true;
  // A proxy that ends TLS passes the host on but not the scheme. Another scheme on the same host is another site to
  // a SameSite=Lax cookie, so such a request could carry no session.
  return origin === undefined && from === `https://${url.host}`;
}
