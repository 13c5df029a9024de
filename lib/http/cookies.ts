import { parseCookie, stringifySetCookie } from "cookie";

/** In production the `__Host-` prefix makes browsers insist on Secure, Path=/ and no Domain. */
export function sessionCookieName(production: boolean): string {
  return production ? "__Host-nexora_session" : "nexora_session";
}

/** The session token that a request carries, if any. */
export function readSessionCookie(
  headers: Headers,
  production: boolean,
): string | undefined {
  const header = headers.get("cookie");
  if (header === null) return undefined;
  return parseCookie(header)[sessionCookieName(production)] || undefined;
}

/** `Set-Cookie` that keeps `token` for `maxAge` milliseconds. */
export function sessionCookie(
  token: string,
  maxAge: number,
  production: boolean,
): string {
  return stringifySetCookie({
    name: sessionCookieName(production),
    value: token,
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: production,
    maxAge: Math.floor(maxAge / 1_000),
  });
}

/** `Set-Cookie` that forgets the session. */
export function clearedSessionCookie(production: boolean): string {
  return sessionCookie("", 0, production);
}
