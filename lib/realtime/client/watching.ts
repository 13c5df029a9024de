import { call } from "./api.ts";
import type { ConnectionListener } from "./client.ts";
import { type Frame, isFields } from "./frames.ts";
import type { Page } from "./page.ts";

const EVENTS = "pusher_internal:watchlist_events";

/**
 * Who of one's direct conversations is here, live: one frame a connection asks for all of them, and the server tells
 * who comes and goes, also when the isolate that held them has died.
 */
export class Watching implements ConnectionListener {
  readonly #page: Page;
  readonly #changed: (online: ReadonlyMap<string, boolean>) => void;
  #online: ReadonlyMap<string, boolean> = new Map();
  #socketId = "";

  constructor(
    page: Page,
    changed: (online: ReadonlyMap<string, boolean>) => void,
  ) {
    this.#page = page;
    this.#changed = changed;
  }

  start(): () => void {
    return this.#page.client.listen(this);
  }

  onUp(socketId: string): void {
    this.#socketId = socketId;
    void this.#signIn(socketId);
  }

  onFrame({ event, data }: Frame): void {
    if (event !== EVENTS || !isFields(data)) return;
    if (!Array.isArray(data.events)) return;
    const online = new Map(this.#online);
    for (const one of data.events) {
      if (!isFields(one) || !Array.isArray(one.user_ids)) continue;
      for (const id of one.user_ids) online.set(id, one.name === "online");
    }
    this.#online = online;
    this.#changed(online);
  }

  async #signIn(socket_id: string): Promise<void> {
    const asked = new URLSearchParams({ socket_id, watchlist: "true" });
    const { env, client } = this.#page;
    // Without an answer the dots stay as they were: the next connection asks again.
    const signed = await call(env, "POST", "/api/realtime/user-auth", asked)
      .catch(() => null);
    if (!signed || this.#socketId !== socket_id) return;
    client.signIn({ auth: signed.auth, user_data: signed.user_data });
  }
}
