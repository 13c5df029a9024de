/** The limit: `Deno.serve` and a loop over the sockets. `POST /publish` sends the body to everybody. */
const sockets = new Set<WebSocket>();

Deno.serve(
  { hostname: "127.0.0.1", port: Number(Deno.args[0]) },
  async (request) => {
    if (request.headers.get("upgrade") === "websocket") {
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onopen = () => sockets.add(socket);
      socket.onclose = () => sockets.delete(socket);
      return response;
    }
    const text = await request.text();
    for (const socket of sockets) socket.send(text);
    return new Response("{}");
  },
);
