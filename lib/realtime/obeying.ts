import { CLOSES } from "./closes.ts";
import type { Connections } from "./connections.ts";
import { Control } from "./control.ts";
import type { Nodes } from "./nodes.ts";
import type { Streams } from "./streams.ts";
import type { Subscribing } from "./subscribing.ts";

export interface ObeyingOptions {
  connections: Connections;
  nodes: Nodes;
  streams: Streams;
  subscribing: Subscribing;
  /** Another isolate (or this one) asks for reports. */
  onInspect: (by: string) => void;
}

/** What isolates tell each other on the control channel, and what this one does about it. */
export class Obeying {
  readonly #options: ObeyingOptions;

  constructor(options: ObeyingOptions) {
    this.#options = options;
  }

  /** A frame of the control channel. */
  hear(frame: string): void {
    const { connections, nodes, streams, onInspect } = this.#options;
    const parsed = Control.safeParse(JSON.parse(JSON.parse(frame).data));
    if (!parsed.success) return;
    const control = parsed.data;
    switch (control.type) {
      case "recheck":
        return this.recheck(control.userId);
      case "close-channel":
        return this.recheck(null, control.channel);
      case "terminate":
        for (const connection of connections.of(control.userId)) {
          connection.close(CLOSES.unauthorised);
        }
        return streams.endOfUser(control.userId);
      case "end-session":
        for (const connection of connections) {
          if (connection.info.sessionHash === control.tokenHash) {
            connection.close(CLOSES.unauthorised);
          }
        }
        return streams.endOfSession(control.tokenHash);
      case "inspect":
        return onInspect(control.by);
      case "node-up":
        if (control.nodeId !== nodes.id) {
          nodes.beat().catch(() => {});
        }
    }
  }

  /** Asks the policy again for what a user, or with `null` everybody (in a room), has been let into. */
  recheck(userId: string | null, room?: string): void {
    const { connections, subscribing, streams } = this.#options;
    for (
      const connection of userId === null ? connections : connections.of(userId)
    ) {
      // The twins of a room end with its name: `presence-guild-{id}`.
      const inside = room === undefined || connection.busy ||
        [...connection.subscriptions.keys()].some((name) =>
          name.endsWith(room)
        );
      if (!inside) continue;
      subscribing.recheck(connection).catch(() =>
        connection.close(CLOSES.reconnect)
      );
    }
    void streams.recheck(userId);
  }
}
