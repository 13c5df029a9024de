/** Deno's `WebSocket` takes headers, which a browser's, whose types we have, does not. */
const WithHeaders = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string> },
) => WebSocket;

/** A WebSocket with a session cookie, or any other header, in its upgrade. */
export function openSocket(
  url: string,
  headers: Record<string, string>,
): WebSocket {
  return new WithHeaders(url.replace(/^http/, "ws"), { headers });
}
