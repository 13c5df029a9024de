import type { Platform } from "./platform.ts";
import type { Siblings } from "./siblings.ts";

/** Deno Deploy kills 5 s after SIGINT; what is not done by then is left to leases and sweeps. */
const DEADLINE = 3_800;

/**
 * Ends the isolate in good order on SIGTERM and SIGINT: clients are sent elsewhere, the log is flushed. Its exit is
 * that of the whole process, so it waits for the siblings, which have got the same signal.
 */
export function endOnSignal(
  platform: Pick<Platform, "close">,
  siblings?: Siblings,
): void {
  let ending = false;
  const end = () => {
    if (ending) Deno.exit(1);
    ending = true;
    const timer = setTimeout(() => Deno.exit(1), DEADLINE);
    platform.close()
      .then(() => 0, () => 1)
      .then(async (code) => {
        await siblings?.ended();
        clearTimeout(timer);
        Deno.exit(code);
      });
  };
  for (const signal of SIGNALS) {
    if (signal === "SIGTERM" && Deno.build.os === "windows") continue;
    Deno.addSignalListener(signal, end);
  }
  endAlone();
}

const SIGNALS: readonly Deno.Signal[] = ["SIGINT", "SIGTERM"];

/**
 * Lets nobody else listen to the signals. `deno serve` (since 2.8, ext/http/00_serve.ts) would, once it serves: its
 * handler closes every WebSocket with 1001 at once, so that all clients come back together after the same second
 * instead of when and where the drain tells them. It cannot be turned off, and closing first does not win the race.
 */
function endAlone(): void {
  const add = Deno.addSignalListener;
  Deno.addSignalListener = (signal, handler) => {
    if (!SIGNALS.includes(signal)) add(signal, handler);
  };
}
