import { type Clock, SECOND } from "../clock.ts";
import { commit, keys, set } from "../kv/mod.ts";

const HEARTBEAT = 8 * SECOND;
/** A node that has not been heard of for this long is dead. With the sweep, its members leave within 40 s. */
const TTL = 24 * SECOND;

export interface NodesOptions {
  kv: Deno.Kv;
  now: Clock;
  /** Cleans up after a dead node; may run on several nodes at once, so it must be idempotent. */
  sweep: (nodeId: string) => Promise<void>;
}

/** The isolates that share this store, and which of them are alive. */
export class Nodes {
  readonly id: string = crypto.randomUUID();
  readonly #options: NodesOptions;
  #alive = new Set<string>();
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(options: NodesOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.beat();
    this.#timer = setInterval(
      () => void this.beat().catch(() => {}),
      HEARTBEAT,
    );
  }

  /** Whether other isolates may have subscribers, as of the last heartbeat. */
  get others(): boolean {
    return this.#alive.size > 1;
  }

  /** Isolates that live, this one included, as of the last heartbeat. */
  get alive(): number {
    return Math.max(1, this.#alive.size);
  }

  isAlive(nodeId: string): boolean {
    return nodeId === this.id || this.#alive.has(nodeId);
  }

  /** Says that this isolate lives, looks who else does, sweeps up after the dead. */
  async beat(): Promise<void> {
    const { kv, now, sweep } = this.#options;
    await commit(kv, {
      mutations: [set(keys.node(this.id), { expiresAt: now() + TTL })],
    });
    const alive = new Set<string>([this.id]);
    const dead: string[] = [];
    for await (
      const { key, value } of kv.list<{ expiresAt: number }>({
        prefix: keys.nodes(),
      })
    ) {
      const id = String(key.at(-1));
      if (value.expiresAt > now()) alive.add(id);
      else dead.push(id);
    }
    this.#alive = alive;
    for (const id of dead) {
      await sweep(id);
      await kv.delete(keys.node(id));
    }
  }

  /** Says that this isolate ends: the others sweep up what it still holds, after the grace of a reconnect. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    const { kv, now } = this.#options;
    await kv.set(keys.node(this.id), { expiresAt: now() + 3 * SECOND }).catch(
      () => {},
    );
  }
}
