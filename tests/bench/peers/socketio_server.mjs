/** socket.io 4 with everybody in one room. `POST /publish` emits the body to it. */
import { createServer } from "node:http";
import process from "node:process";
import { Server } from "socket.io";

const server = createServer((request, response) => {
  if (request.url.startsWith("/socket.io/")) return;
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk) => body += chunk);
  request.on("end", () => {
    io.to("bench").emit("message", body);
    response.setHeader("content-length", "2");
    response.end("{}");
  });
});
const io = new Server(server, { transports: ["websocket"] });
io.on("connection", (socket) => socket.join("bench"));
// The load generator keeps its connections.
server.keepAliveTimeout = 0;
server.listen(Number(process.argv[2]), "127.0.0.1", () => {
  console.log("listening");
});
