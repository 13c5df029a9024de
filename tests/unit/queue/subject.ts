/** What a queue's contract is tested on: a store that several isolates open, and their queues. */
import { keys } from "../../../lib/kv/mod.ts";
import {
  createQueue,
  type QueueOptions,
  type WorkQueue,
} from "../../../lib/queue/mod.ts";
import { countingIds, type FakeClock, fakeClock } from "../../support/clock.ts";
import { waitFor } from "../../support/wait.ts";

export interface Subject {
  name: string;
  native: boolean | undefined;
  /** Opens a handle on the store of this test; each call is another isolate's. */
  open: () => Promise<
    { openKv: () => Promise<Deno.Kv>; close: () => Promise<void> }
  >;
}

export interface World extends AsyncDisposable {
  clock: FakeClock;
  kv: Deno.Kv;
  queue(options?: Partial<QueueOptions>): Promise<WorkQueue>;
}

/** Long sweeps: whatever is seen to happen, a doorbell or a due time made happen. */
export async function makeWorld(subject: Subject): Promise<World> {
  const store = await subject.open();
  const clock = fakeClock();
  const handles: Deno.Kv[] = [];
  const queues: WorkQueue[] = [];
  const open = async () => {
    const kv = await store.openKv();
    handles.push(kv);
    return kv;
  };
  return {
    clock,
    kv: await open(),
    async queue(options = {}) {
      const queue = createQueue({
        kv: await open(),
        now: clock.now,
        newId: countingIds(`Q${queues.length}`),
        native: subject.native,
        retryDelay: () => 1_000,
        ...options,
      });
      queues.push(queue);
      return queue;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(queues.map((queue) => queue.stop()));
      for (const kv of new Set(handles)) kv.close();
      await store.close();
    },
  };
}

export async function rows(kv: Deno.Kv, prefix: Deno.KvKey): Promise<number> {
  let n = 0;
  for await (const _ of kv.list({ prefix })) n++;
  return n;
}

export async function emptied(kv: Deno.Kv) {
  await waitFor(async () => await rows(kv, keys.jobs()) === 0, {
    what: "the queue to be empty",
  });
}

/** A contract's test, in a world of its own. */
export type TestOf = (
  behaviour: string,
  fn: (world: World) => Promise<void>,
) => void;
