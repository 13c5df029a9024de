import type { Platform } from "./platform.ts";

/** Deno Deploy kills 5 s after SIGINT; what is not done by then is left to leases and sweeps. */
const DEADLINE = 3_800;

/** Ends the isolate in good order on SIGTERM and SIGINT: clients are sent elsewhere, the log is flushed. */
export function endOnSignal(platform: Pick<Platform, "close">): void {
  let ending = false;
  const end = () => {
    if (ending) Deno.exit(1);
    ending = true;
    const timer = setTimeout(() => Deno.exit(1), DEADLINE);
    platform.close().then(() => Deno.exit(0), () => Deno.exit(1)).finally(() =>
      clearTimeout(timer)
    );
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    if (signal === "SIGTERM" && Deno.build.os === "windows") continue;
    Deno.addSignalListener(signal, end);
  }
}
