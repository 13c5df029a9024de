/** `ws` 8 and a loop over the sockets. `POST /publish` sends the body to everybody. */
import { createServer } from "node:http";
import process from "node:process";
import { WebSocketServer } from "ws";

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk) => body += chunk);
  request.on("end", () => {
    for (const socket of sockets.clients) socket.send(body);
    response.setHeader("content-length", "2");
    response.end("{}");
  });
});
const sockets = new WebSocketServer({ server });
// The load generator keeps its connections.
server.keepAliveTimeout = 0;
server.listen(Number(process.argv[2]), "127.0.0.1", () => {
  console.log("listening");
});
