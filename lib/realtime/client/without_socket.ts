/** What a page needs only where the network lets no WebSocket through; see `withFallback`. */
import "../../../components/core.ts";
import { MINUTE, SECOND } from "../../clock.ts";
import type { Environment, Wire } from "./environment.ts";

export { StreamWire } from "./stream.ts";

/** How long to do without a socket before one is tried again in the background. */
const UPGRADE = [MINUTE, 5 * MINUTE];

/** Whether the server answers, so that it is not the network as a whole. */
export async function reachable(env: Environment): Promise<boolean> {
  const late = new AbortController();
  const cancel = env.after(5 * SECOND, () => late.abort());
  try {
    const response = await env.fetch("/healthz", { signal: late.signal });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  } finally {
    cancel();
  }
}

/** Tries a socket now and then; calls `use` when one works. Returns what ends it. */
export function upgradeLater(
  env: Environment,
  url: string,
  use: () => void,
): () => void {
  let [wait, later] = UPGRADE as [number, number];
  let socket: Wire | null = null;
  let cancel = env.after(wait, probe);
  function probe() {
    socket?.close();
    socket = env.open(url, {
      onText() {
        end();
        use();
      },
      onClose() {},
    });
    wait = later;
    cancel = env.after(wait, probe);
  }
  function end() {
    cancel();
    socket?.close();
  }
  return end;
}
