import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ConnectionState } from "../connection.ts";
import { getClient } from "../page.ts";

/** The state of the page's connection, and the server's words when it refused. */
export function useConnection(): {
  state: Signal<ConnectionState>;
  reason: Signal<string | null>;
  /** Tries now, instead of waiting or after it has given up. */
  connect(): void;
} {
  const state = useSignal<ConnectionState>("connecting");
  const reason = useSignal<string | null>(null);
  useEffect(() => {
    const client = getClient();
    const ends = [
      client.state.subscribe((now) => {
        state.value = now;
      }),
      client.reason.subscribe((now) => {
        reason.value = now;
      }),
    ];
    return () => ends.forEach((end) => end());
  }, []);
  return { state, reason, connect: () => getClient().connect() };
}
