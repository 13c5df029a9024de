import { SECOND } from "../../clock.ts";
import type { Environment, Wire, WireHandlers } from "./environment.ts";

/** Sockets in a row that never got a word from the server before it is asked without one. */
const FAILURES = 3;
/** From then on a socket that hangs is not waited for. */
const PATIENCE = 3 * SECOND;

/** The environment with wires that do without a WebSocket where the network does not let it through. */
export function withFallback(env: Environment): Environment {
  let failures = 0;

  function open(url: string, handlers: WireHandlers): Wire {
    let spoken = false;
    let closed = false;
    let cancelTimer = () => {};
    let inner: Wire | null = null;

    const lost = (code: number, reason: string) => {
      if (closed) return;
      closed = true;
      cancelTimer();
      handlers.onClose(code, reason);
    };
    const failed = async (code: number, reason: string) => {
      cancelTimer();
      if (++failures < FAILURES) return lost(code, reason);
      try {
        const { reachable, StreamWire, upgradeLater } = await import(
          "./without_socket.ts"
        );
        if (!await reachable(env)) return lost(code, reason);
        if (closed) return;
        const stream = new StreamWire(env, { ...handlers, onClose: lost });
        inner = stream;
        cancelTimer = upgradeLater(env, url, () => {
          failures = 0;
          stream.close();
          lost(4200, "");
        });
        stream.establish();
      } catch {
        lost(code, reason);
      }
    };

    const socket = env.open(url, {
      onText(text) {
        spoken = true;
        failures = 0;
        cancelTimer();
        handlers.onText(text);
      },
      onClose(code, reason) {
        // A refusal with a code is the server's word, not the network's.
        if (spoken || code !== 1006) lost(code, reason);
        else void failed(code, reason);
      },
    });
    inner = socket;
    if (failures >= FAILURES) {
      cancelTimer = env.after(PATIENCE, () => {
        socket.close();
        void failed(1006, "");
      });
    }
    return {
      send: (text) => inner?.send(text),
      close() {
        // Given up before a word came: a socket that hangs has failed too.
        if (!spoken && inner === socket && !closed) failures++;
        closed = true;
        cancelTimer();
        inner?.close();
      },
    };
  }

  return { ...env, open };
}
