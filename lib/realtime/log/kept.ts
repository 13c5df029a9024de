import type { Mutation } from "../../kv/mod.ts";
import type { Pending } from "./batch.ts";

/** Rows remembered between commits; what is forgotten is read again. */
const REMEMBERED = 20_000;
/** What one `getMany` takes. */
const READ_AT_ONCE = 10;

/** A key as text. Its parts are strings and numbers. */
function textOf(key: Deno.KvKey): string {
  return key.map((part) => `${typeof part}:${String(part)}`).join("\u0000");
}

/**
 * The rows that appends keep beside their channel's log. Each is read while the head of its shard is known here, and
 * forgotten together with the heads: so a commit whose head check holds has seen their latest values.
 */
export class KeptRows {
  readonly #values = new Map<string, unknown>();

  /** Reads what a batch needs and is not known. The heads of its shards must have been read before. */
  async read(kv: Deno.Kv, batch: Pending[]): Promise<void> {
    const missing = new Map<string, Deno.KvKey>();
    for (const { change } of batch) {
      for (const key of change.kept ?? []) {
        const text = textOf(key);
        if (!this.#values.has(text)) missing.set(text, key);
      }
    }
    if (missing.size === 0) return;
    const texts = [...missing.keys()];
    const wanted = [...missing.values()];
    const reads = [];
    for (let i = 0; i < wanted.length; i += READ_AT_ONCE) {
      reads.push(kv.getMany<unknown[]>(wanted.slice(i, i + READ_AT_ONCE)));
    }
    (await Promise.all(reads)).flat().forEach((entry, i) =>
      this.#values.set(texts[i]!, entry.value)
    );
  }

  /** One attempt's view: what its earlier appends write, its later ones see. */
  draft(): KeptDraft {
    return new KeptDraft(this.#values);
  }

  /** Takes over what a committed attempt has written. */
  commit(draft: KeptDraft): void {
    for (const [text, value] of draft.written) {
      this.#values.delete(text);
      this.#values.set(text, value);
    }
    // A map keeps the order of insertion: the first have not been written for longest.
    for (const text of this.#values.keys()) {
      if (this.#values.size <= REMEMBERED) break;
      this.#values.delete(text);
    }
  }

  clear(): void {
    this.#values.clear();
  }
}

export class KeptDraft {
  readonly written = new Map<string, unknown>();
  readonly #base: ReadonlyMap<string, unknown>;

  constructor(base: ReadonlyMap<string, unknown>) {
    this.#base = base;
  }

  values(keys: Deno.KvKey[]): unknown[] {
    return keys.map((key) => {
      const text = textOf(key);
      return (this.written.has(text) ? this.written : this.#base).get(text) ??
        null;
    });
  }

  /** Notes what an append writes of the rows that it named. */
  note(keys: Deno.KvKey[], mutations: Mutation[]): void {
    const named = new Set(keys.map(textOf));
    for (const mutation of mutations) {
      const text = textOf(mutation.key);
      if (!named.has(text)) continue;
      this.written.set(text, mutation.type === "set" ? mutation.value : null);
    }
  }
}
