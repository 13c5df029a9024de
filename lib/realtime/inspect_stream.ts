import type { Inspector } from "./inspect.ts";

/** Bytes that may wait for a slow reader before frames are left out, and before the stream is ended. */
const SLOW_AT = 256 * 1_024;
const END_AT = 2 * 1_024 * 1_024;
/** Snapshots (seconds) between two looks whether the reader is still an admin. */
const RECHECK_EVERY = 10;

export interface InspectionStreamOptions {
  inspector: Inspector;
  /** Whether the reader may go on. */
  allowed: () => Promise<boolean>;
  /** The server is ending: readers should go elsewhere. */
  draining: () => boolean;
}

/**
 * What happens, as Server-Sent Events: `history` (the samples so far) once, `snapshot` a second, `events` as they come.
 * All are JSON of `inspect_types.ts`. It cannot be resumed: a new stream begins with what is to be seen then.
 */
export function inspectionStream(
  { inspector, allowed, draining }: InspectionStreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let leave: (() => void)[] = [];
  let ended = false;
  const end = () => {
    ended = true;
    for (const stop of leave) stop();
    leave = [];
  };
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const close = () => {
        if (ended) return;
        end();
        controller.close();
      };
      const send = (event: string, value: unknown) => {
        if (ended) return;
        const waiting = -(controller.desiredSize ?? 0);
        if (waiting > END_AT) close();
        else if (waiting < SLOW_AT) {
          controller.enqueue(
            encoder.encode(
              `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`,
            ),
          );
        }
      };
      let snapshots = 0;
      try {
        const stop = await inspector.listen((snapshot) => {
          if (draining()) return close();
          send("snapshot", snapshot);
          if (++snapshots % RECHECK_EVERY === 0) {
            // A store that is away says nothing about rights; it ends nobody's view of that.
            allowed().then((may) => may || close(), () => {});
          }
        });
        leave.push(stop, inspector.tap.listen((seen) => send("events", seen)));
        if (ended) return end();
        send("history", inspector.history);
        send("events", { events: inspector.tap.recent, skipped: 0 });
      } catch {
        close();
      }
    },
    cancel: end,
  }, new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1_024 }));
}
