import { assert, assertEquals } from "@std/assert";
import { AppProcess, CREDENTIALS } from "../support/app.ts";
import { openSocket } from "../support/socket.ts";
import { waitFor } from "../support/wait.ts";

const SOCKETS = 60;

const sample = (text: string, name: string) =>
  Number(new RegExp(`^${name} (.*)$`, "m").exec(text)?.[1]);

Deno.test("under --parallel a scrape is of all isolates, and SIGTERM sends the clients of each away before the process ends", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await using app = await AppProcess.start({
      kvPath: `${directory}/kv.db`,
      isolates: 2,
    });
    const codes: number[] = [];
    let open = 0;
    for (let i = 0; i < SOCKETS; i++) {
      // The system spreads connections over the isolates, never evenly: one is done before the other.
      const socket = openSocket(
        `${app.origin}/app/${CREDENTIALS.key}?protocol=7`,
        {},
      );
      socket.onmessage = ({ data }) => {
        if (data.includes("pusher:connection_established")) open++;
      };
      socket.onclose = ({ code }) => codes.push(code);
    }
    await waitFor(() => open === SOCKETS, { what: () => `${open} sockets` });
    // Whichever isolate answers, the figures are those of both.
    for (let i = 0; i < 10; i++) {
      const response = await fetch(`${app.origin}/metrics`, {
        headers: { connection: "close" },
      });
      const text = await response.text();
      assertEquals(sample(text, "nexora_isolates"), 2);
      assertEquals(sample(text, "nexora_connections"), SOCKETS);
    }
    const started = performance.now();
    const status = await app.terminate("SIGTERM");
    const took = performance.now() - started;
    assertEquals(status.code, 0, app.output);
    assert(took < 4_000, `${Math.round(took)} ms`);
    await waitFor(() => codes.length === SOCKETS, { what: "all closes" });
    assertEquals(codes, Array.from({ length: SOCKETS }, () => 4200));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
