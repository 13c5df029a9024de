import { type Clock, SECOND } from "../clock.ts";
import { commit, keys, set } from "../kv/mod.ts";

export const HEARTBEAT = 8 * SECOND;
/** A node that has not been heard of for this long is dead. With the sweep, its members leave within 40 s. */
export const NODE_TTL = 3 * HEARTBEAT;

interface NodeRow {
  expiresAt: number;
}

export interface NodesOptions {
  kv: Deno.Kv;
  now: Clock;
  /** Cleans up after a dead node; may run on several nodes at once, so it must be idempotent. */
  sweep: (nodeId: string) => Promise<void>;
  /** Others may have taken this node for dead and swept up after it: writes again what it holds. */
  revive?: () => Promise<void>;
  /** Milliseconds between two; default `HEARTBEAT`. Three without one are a death. */
  heartbeat?: number;
}

/** The isolates that share this store, and which of them are alive. */
export class Nodes {
  readonly id: string = crypto.randomUUID();
  readonly #options: NodesOptions;
  readonly #heartbeat: number;
  #alive = new Set<string>();
  #dead = new Set<string>();
  #timer: ReturnType<typeof setInterval> | null = null;
  /** Time of the last heartbeat, in milliseconds; `null` before the first. */
  #beatAt: number | null = null;
  #beating: Promise<void> | null = null;
  #reviving = false;
  #stopped = false;

  constructor(options: NodesOptions) {
    this.#options = options;
    this.#heartbeat = options.heartbeat ?? HEARTBEAT;
  }

  async start(): Promise<void> {
    await this.beat();
    this.#timer = setInterval(
      () => void this.beat().catch(() => {}),
      this.#heartbeat,
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

  /** A node that is not known yet has just started. */
  isAlive(nodeId: string): boolean {
    return !this.#dead.has(nodeId);
  }

  /** Says that this isolate lives, looks who else does, sweeps up after the dead. */
  beat(): Promise<void> {
    return this.#beating ??= this.#beat().finally(() => this.#beating = null);
  }

  /** Says that this isolate ends: the others sweep up what it still holds, after the grace of a reconnect. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#beating?.catch(() => {});
    const { kv, now } = this.#options;
    const row: NodeRow = { expiresAt: now() + 3 * SECOND };
    await kv.set(keys.node(this.id), row).catch(() => {});
  }

  async #beat(): Promise<void> {
    const { kv, now, sweep, revive } = this.#options;
    if (this.#stopped) return;
    const own = await kv.get<NodeRow>(keys.node(this.id));
    const first = this.#beatAt === null;
    const swept = !first &&
      (own.value === null || own.value.expiresAt <= now());
    this.#reviving ||= swept;
    // Whoever comes late has been asleep, or the store was away: then the others are not dead either, they are just
    // as late (by a heartbeat at most). So it waits for them to speak before it sweeps.
    const ttl = 3 * this.#heartbeat;
    const late = first || now() - this.#beatAt! > ttl - this.#heartbeat;
    await commit(kv, {
      mutations: [set(keys.node(this.id), { expiresAt: now() + ttl })],
    });
    this.#beatAt = now();
    const alive = new Set<string>([this.id]);
    const dead = new Set<string>();
    for await (
      const { key, value } of kv.list<NodeRow>({ prefix: keys.nodes() })
    ) {
      const id = String(key.at(-1));
      if (id === this.id || value.expiresAt > now()) alive.add(id);
      else dead.add(id);
    }
    this.#alive = alive;
    this.#dead = dead;
    if (this.#reviving) {
      await revive?.();
      this.#reviving = false;
    }
    if (late) return;
    for (const id of dead) {
      if (this.#stopped) return;
      await sweep(id);
      await kv.delete(keys.node(id));
    }
  }
}
