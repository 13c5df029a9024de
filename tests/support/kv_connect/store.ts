import {
  ENCODING,
  MUTATION,
  type ReadRange,
  type WireCheck,
  type WireEntry,
  type WireMutation,
} from "./schema.ts";

/**
 * Rows as KV Connect sees them (encoded keys, encoded values), kept in a local `Deno.Kv`. An encoded key becomes a
 * key of one `Uint8Array` part, which keeps its order. A value becomes its bytes behind one byte of encoding, except
 * 64-bit numbers, which stay numbers so that `sum`, `min` and `max` work; so the largest value is a byte smaller.
 */
export class WireStore {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  async read(ranges: ReadRange[]): Promise<WireEntry[][]> {
    if (ranges.every(isPoint)) {
      // One snapshot for all of them, as `getMany` promises.
      const entries = await this.#kv.getMany(ranges.map((r) => [r.start]));
      return entries.map((entry) => entry.versionstamp ? [toWire(entry)] : []);
    }
    return await Promise.all(ranges.map(async (range) => {
      const values: WireEntry[] = [];
      const limit = Math.min(range.limit, 1000);
      const list = this.#kv.list(
        { start: [range.start], end: [range.end] },
        { limit, batchSize: limit, reverse: range.reverse },
      );
      for await (const entry of list) values.push(toWire(entry));
      return values;
    }));
  }

  /** Returns the versionstamp, or the indices of the checks that failed. */
  async write(
    checks: WireCheck[],
    mutations: WireMutation[],
  ): Promise<{ versionstamp: Uint8Array } | { failed: number[] }> {
    const atomic = this.#kv.atomic();
    for (const { key, versionstamp } of checks) {
      atomic.check({
        key: [key],
        versionstamp: versionstamp.length ? versionstamp.toHex() : null,
      });
    }
    for (const mutation of mutations) apply(atomic, mutation);
    const result = await atomic.commit();
    if (result.ok) return { versionstamp: fromHex(result.versionstamp) };
    return { failed: await this.#failedChecks(checks) };
  }

  /** The entries, now and whenever one of them changes. */
  watch(
    keys: Uint8Array[],
    signal: AbortSignal,
  ): ReadableStream<(WireEntry | null)[]> {
    const source = this.#kv.watch(keys.map((key) => [key])).getReader();
    signal.addEventListener("abort", () => source.cancel(), { once: true });
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await source.read();
        if (done) return controller.close();
        controller.enqueue(
          value.map((entry) => entry.versionstamp ? toWire(entry) : null),
        );
      },
      cancel: () => source.cancel(),
    });
  }

  async #failedChecks(checks: WireCheck[]): Promise<number[]> {
    const failed: number[] = [];
    for (const [index, check] of checks.entries()) {
      const entry = await this.#kv.get([check.key]);
      const expected = check.versionstamp.length
        ? check.versionstamp.toHex()
        : null;
      if (entry.versionstamp !== expected) failed.push(index);
    }
    return failed;
  }
}

function apply(atomic: Deno.AtomicOperation, mutation: WireMutation): void {
  const key = [mutation.key];
  if (mutation.mutationType === MUTATION.delete) {
    atomic.delete(key);
    return;
  }
  if (!mutation.value) throw new TypeError("The mutation has no value");
  const { data, encoding } = mutation.value;
  if (mutation.mutationType === MUTATION.set) {
    const expireIn = mutation.expireAtMs
      // Over already: the shortest life there is.
      ? Math.max(1, mutation.expireAtMs - Date.now())
      : undefined;
    atomic.set(key, toStored(data, encoding), { expireIn });
    return;
  }
  if (encoding !== ENCODING.le64) {
    throw new TypeError("Only 64-bit numbers can be summed and compared");
  }
  const number = readNumber(data);
  if (mutation.mutationType === MUTATION.sum) atomic.sum(key, number);
  else if (mutation.mutationType === MUTATION.max) atomic.max(key, number);
  else if (mutation.mutationType === MUTATION.min) atomic.min(key, number);
  else throw new TypeError(`Unknown mutation type ${mutation.mutationType}`);
}

/** `[key, key + 0x00)`: how a client reads one key. */
function isPoint(range: ReadRange): boolean {
  const { start, end } = range;
  return end.length === start.length + 1 && end[start.length] === 0 &&
    start.every((byte, i) => byte === end[i]);
}

function toStored(data: Uint8Array, encoding: number): unknown {
  if (encoding === ENCODING.le64) return new Deno.KvU64(readNumber(data));
  const stored = new Uint8Array(data.length + 1);
  stored[0] = encoding;
  stored.set(data, 1);
  return stored;
}

function toWire(entry: Deno.KvEntry<unknown>): WireEntry {
  const key = entry.key[0] as Uint8Array;
  const versionstamp = fromHex(entry.versionstamp);
  if (entry.value instanceof Deno.KvU64) {
    const value = new Uint8Array(8);
    new DataView(value.buffer).setBigUint64(0, entry.value.value, true);
    return { key, value, encoding: ENCODING.le64, versionstamp };
  }
  const stored = entry.value as Uint8Array;
  return {
    key,
    value: stored.subarray(1),
    encoding: stored[0]!,
    versionstamp,
  };
}

function readNumber(data: Uint8Array): bigint {
  return new DataView(data.buffer, data.byteOffset, 8).getBigUint64(0, true);
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.fromHex(text);
}
