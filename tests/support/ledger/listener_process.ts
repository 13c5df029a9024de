/**
 * A listener as a process of its own, which can be stalled. Prints `subscribed` once, then a line of JSON for each
 * message, `"expired"` when the server cannot replay everything.
 *
 *     deno run -A listener_process.ts COOKIE CHANNEL POSITION ORIGIN…
 */
import { Client, socketUrl } from "../../../lib/realtime/client/client.ts";
import { CREDENTIALS, SignedIn } from "../app.ts";
import { Child } from "../child.ts";
import { clientEnvironment } from "./environment.ts";

/** What a listener has seen. */
export interface Heard {
  id: string;
  content: string;
}

/** The parent's side. */
export class ListenerProcess implements AsyncDisposable {
  readonly child: Child;

  private constructor(readonly name: string, child: Child) {
    this.child = child;
  }

  static async start(
    name: string,
    user: SignedIn,
    channel: string,
    position: string,
    origins: string[],
  ): Promise<ListenerProcess> {
    const script = new URL(import.meta.url).pathname;
    const options = ["run", "-A", "--no-check", script];
    const child = new Child({
      args: [...options, user.cookie, channel, position, ...origins],
    });
    await child.printed(/^subscribed$/m);
    return new ListenerProcess(name, child);
  }

  /** Messages as they came, and how often it was told to start anew. */
  heard(): { messages: Heard[]; expired: number } {
    // The last line may not be whole yet.
    const lines = this.child.output.split("\n").slice(0, -1)
      .filter((line) => line.startsWith("{") || line === '"expired"')
      .map((line) => JSON.parse(line) as Heard | "expired");
    return {
      messages: lines.filter((line) => line !== "expired"),
      expired: lines.filter((line) => line === "expired").length,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child[Symbol.asyncDispose]();
  }
}

if (import.meta.main) {
  const [cookie, channel, since, ...origins] = Deno.args;
  const user = new SignedIn(origins[0]!, "", cookie!);
  const client = new Client(
    clientEnvironment(user, () => origins),
    socketUrl(user.origin, CREDENTIALS.key),
  );
  let told = false;
  client.subscribe(channel!, {
    since,
    onEvent({ event, data }) {
      if (event !== "message:new") return;
      const { id, content } = data as Heard;
      console.log(JSON.stringify({ id, content }));
    },
    onExpired: () => console.log('"expired"'),
    onState(state) {
      if (state !== "subscribed" || told) return;
      told = true;
      console.log("subscribed");
    },
  });
}
