import { endpoint } from "../../lib/http/endpoint.ts";
import { acceptSocket } from "../../lib/http/socket.ts";

/** The WebSocket endpoint: Pusher Channels protocol 7. */
export const handler = endpoint({ GET: (ctx) => acceptSocket(ctx) });
