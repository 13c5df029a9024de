/**
 * A view of a store as a process has it that may be killed at any moment: from then on none of its calls returns,
 * and a commit that was under way may or may not have happened.
 */
export class KillableKv {
  #dead = false;
  #kv: Deno.Kv;
  #deadly: () => "no" | "before" | "after";

  /** `deadly` is asked at each call. */
  constructor(kv: Deno.Kv, deadly: () => "no" | "before" | "after") {
    this.#kv = kv;
    this.#deadly = deadly;
  }

  get dead(): boolean {
    return this.#dead;
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    const end = this.#dead ? "before" : this.#deadly();
    if (end !== "no") this.#dead = true;
    if (end === "before") return await new Promise(() => {});
    const result = await work();
    return this.#dead ? await new Promise(() => {}) : result;
  }

  get view(): Deno.Kv {
    const kv = this.#kv;
    const view = {
      get: (key: Deno.KvKey) => this.#call(() => kv.get(key)),
      getMany: (many: Deno.KvKey[]) => this.#call(() => kv.getMany(many)),
      list: (selector: Deno.KvListSelector, options?: Deno.KvListOptions) => {
        const list = kv.list(selector, options);
        const next = list.next.bind(list);
        list.next = () => this.#call(next);
        return list;
      },
      atomic: () => {
        const atomic = kv.atomic();
        const commit = atomic.commit.bind(atomic);
        atomic.commit = () => this.#call(commit);
        return atomic;
      },
    };
    return view as unknown as Deno.Kv;
  }
}
