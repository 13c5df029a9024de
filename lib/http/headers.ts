const SECURITY: Record<string, string> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()",
};

const TRANSPORT: Record<string, string> = {
  "strict-transport-security": "max-age=31536000; includeSubDomains",
};

/** The headers of every answer, for those that no middleware sees: error pages. */
export function securityHeaders(production: boolean): Record<string, string> {
  return production ? { ...SECURITY, ...TRANSPORT } : SECURITY;
}

/** Adds the headers that every answer has; what a route has set itself stays. */
export function secured(response: Response, production: boolean): Response {
  // The answer to a WebSocket upgrade belongs to the runtime.
  if (response.status === 101) return response;
  const answer = hasOpenHeaders(response)
    ? response
    : new Response(response.body, response);
  for (const [name, value] of Object.entries(SECURITY)) {
    if (!answer.headers.has(name)) answer.headers.set(name, value);
  }
  if (production) {
    for (const [name, value] of Object.entries(TRANSPORT)) {
      answer.headers.set(name, value);
    }
  }
  return answer;
}

/** Answers of `fetch` and `Response.redirect` do not let their headers be changed. */
function hasOpenHeaders(response: Response): boolean {
  try {
    response.headers.delete("x-nexora-probe");
    return true;
  } catch {
    return false;
  }
}
