import { type Clock, DAY, SECOND } from "../clock.ts";
import { commit, keys, set } from "../kv/mod.ts";
import type { DeliveryOutcome } from "./webhooks.ts";

/** Outcomes that an isolate keeps. */
const KEPT = 50;
/** One row an isolate, rewritten at most this often: keeping a record must not cost what the delivery costs. */
const FLUSH_AFTER = SECOND;
const KEPT_FOR = 7 * DAY;

interface Row {
  outcomes: DeliveryOutcome[];
  expiresAt: number;
}

export interface DeliveriesOptions {
  kv: Deno.Kv;
  now: Clock;
  nodeId: string;
}

/** The last webhook deliveries of all isolates, for the admins' page. */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  #outcomes: DeliveryOutcome[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  note(outcome: DeliveryOutcome): void {
    this.#outcomes = [outcome, ...this.#outcomes.slice(0, KEPT - 1)];
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.flush().catch(() => {
        // A record that is not kept is no harm; the next one takes it along.
      });
    }, FLUSH_AFTER);
  }

  /** Newest first. What other isolates delivered in the last second may be missing. */
  async list(limit: number): Promise<DeliveryOutcome[]> {
    const { kv, now, nodeId } = this.#options;
    const found = [...this.#outcomes];
    for await (
      const { key, value } of kv.list<Row>({
        prefix: keys.webhookDeliveriesAll(),
      })
    ) {
      if (key.at(-1) !== nodeId && value.expiresAt > now()) {
        found.push(...value.outcomes);
      }
    }
    return found.sort((a, b) => b.at - a.at).slice(0, limit);
  }

  async flush(): Promise<void> {
    const { kv, now, nodeId } = this.#options;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#outcomes.length === 0) return;
    const row: Row = {
      outcomes: this.#outcomes,
      expiresAt: now() + KEPT_FOR,
    };
    await commit(kv, {
      mutations: [set(keys.webhookDeliveries(nodeId), row, KEPT_FOR)],
    });
  }
}
