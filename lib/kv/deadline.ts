import { NexoraError } from "../errors.ts";

/**
 * A view of `kv` whose calls fail with `store_unavailable` after `ms` milliseconds. A commit that ran into its
 * deadline may still happen: writers treat its outcome as unknown. `watch` and `listenQueue` run without a deadline.
 */
export function withDeadline(kv: Deno.Kv, ms: number): Deno.Kv {
  const bounded = <T>(call: Promise<T>): Promise<T> => before(call, ms);
  const view = {
    get: (...args: Parameters<Deno.Kv["get"]>) => bounded(kv.get(...args)),
    getMany: (...args: Parameters<Deno.Kv["getMany"]>) =>
      bounded(kv.getMany(...args)),
    set: (...args: Parameters<Deno.Kv["set"]>) => bounded(kv.set(...args)),
    delete: (...args: Parameters<Deno.Kv["delete"]>) =>
      bounded(kv.delete(...args)),
    enqueue: (...args: Parameters<Deno.Kv["enqueue"]>) =>
      bounded(kv.enqueue(...args)),
    list: (...args: Parameters<Deno.Kv["list"]>) =>
      boundedList(kv.list(...args), ms),
    atomic: () => boundedAtomic(kv.atomic(), ms),
    watch: kv.watch.bind(kv),
    listenQueue: kv.listenQueue.bind(kv),
    commitVersionstamp: kv.commitVersionstamp.bind(kv),
    close: kv.close.bind(kv),
    [Symbol.dispose]: () => kv.close(),
  };
  return view as unknown as Deno.Kv;
}

/**
 * Rejects with `store_unavailable` when `call` takes longer than `ms` milliseconds.
 */
export function before<T>(call: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new NexoraError("store_unavailable")),
      ms,
    );
    call.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function boundedAtomic(
  atomic: Deno.AtomicOperation,
  ms: number,
): Deno.AtomicOperation {
  const commit = atomic.commit.bind(atomic);
  atomic.commit = () => before(commit(), ms);
  return atomic;
}

function boundedList<T>(
  list: Deno.KvListIterator<T>,
  ms: number,
): Deno.KvListIterator<T> {
  const next = list.next.bind(list);
  list.next = () => before(next(), ms);
  return list;
}
