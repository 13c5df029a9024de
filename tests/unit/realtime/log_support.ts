import { Hub, type Subscriber } from "../../../lib/realtime/hub.ts";
import { KvEventLog } from "../../../lib/realtime/log/log.ts";
import { Metrics } from "../../../lib/realtime/metrics.ts";
import { parsePosition, type Position } from "../../../lib/realtime/mod.ts";
import { storeWithCommits } from "../../support/store.ts";

/** An isolate's log and hub over a store that others share. */
export interface Isolate extends AsyncDisposable {
  log: KvEventLog;
  hub: Hub;
  metrics: Metrics;
}

export async function openIsolate(
  kv: Deno.Kv,
  options: { now?: () => number; remote?: boolean } = {},
): Promise<Isolate> {
  const now = options.now ?? Date.now;
  const log = new KvEventLog({
    store: { kv, watchKv: kv, remote: options.remote ?? false },
    now,
    retention: 120_000,
  });
  const metrics = new Metrics();
  const hub = new Hub({ log, now, metrics });
  await log.open();
  return { log, hub, metrics, [Symbol.asyncDispose]: () => log.close() };
}

/** What our client does with frames: drops what it has, notices what it lacks. */
export class Reader implements Subscriber {
  readonly id: string;
  readonly takesBatches: boolean;
  readonly seen: string[] = [];
  /** Positions that came although an earlier event of the channel had not. */
  readonly gaps: string[] = [];
  last: Position | null = null;
  #lastText = "";

  constructor(id: string = crypto.randomUUID(), takesBatches = true) {
    this.id = id;
    this.takesBatches = takesBatches;
  }

  deliver(text: string): void {
    const parsed = JSON.parse(text);
    for (const frame of Array.isArray(parsed) ? parsed : [parsed]) {
      if (frame.position === undefined) {
        this.seen.push(`volatile ${frame.data}`);
        continue;
      }
      if (this.#lastText && later(frame.prev, this.#lastText)) {
        this.gaps.push(frame.position);
      }
      this.begin(frame.position);
      if (frame.event !== "nexora:position") this.seen.push(frame.data);
    }
  }

  begin(position: string): void {
    this.last = parsePosition(position);
    this.#lastText = position;
  }

  gap(): void {
    this.gaps.push("the log has lost events");
  }
}

function later(a: string, b: string): boolean {
  const [x, y] = [parsePosition(a)!, parsePosition(b)!];
  return x.epoch !== y.epoch ||
    (x.seq - y.seq || x.index - y.index) > 0;
}

/** A store whose commits fail as SQLite's and a remote's do: before they happen, or after. */
export function faultyKv(kv: Deno.Kv, fails: () => "before" | "after" | null) {
  return storeWithCommits(kv, async (commit) => {
    const fault = fails();
    if (fault === "before") throw new TypeError("database is locked");
    const result = await commit();
    if (fault === "after") throw new TypeError("connection reset");
    return result;
  });
}

export const event = (channel: string, data: string) => ({
  channel,
  event: "e",
  data,
});

export const at = (seq: number, index: number): Position => ({
  epoch: 1,
  seq,
  index,
});
