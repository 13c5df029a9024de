import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import {
  applyChange,
  applyEvent,
  type InboxChange,
  type InboxEvent,
  type InboxState,
  type NotificationItem,
} from "./inbox_state.ts";

/** Something done here that the server has not told yet. */
export interface Pending {
  readonly change: InboxChange;
  /** From the server's answer: with the event of this revision the change is in what was told. */
  revision: number | null;
}

/**
 * What the server told (revisions in order, each with the count after it), and on top of it what was done here until
 * the server tells that too. A refusal takes it from the top again: there is nothing to undo, nothing counts twice.
 */
export class InboxLedger {
  readonly shown: ReadonlySignal<InboxState>;
  readonly #told;
  readonly #pending = signal<readonly Pending[]>([]);
  /** One for each reading under way: what was told meanwhile, its answer may not know. */
  readonly #meanwhile = new Set<InboxEvent[]>();

  constructor(initial: InboxState) {
    this.#told = signal(initial);
    this.shown = computed(() =>
      this.#pending.value.map(({ change }) => change)
        .reduce(applyChange, this.#told.value)
    );
  }

  /** Takes an event. `old`: it was known; `hole`: others before it were missed, revisions have no holes. */
  tell(event: InboxEvent): "old" | "next" | "hole" {
    for (const events of this.#meanwhile) events.push(event);
    const before = this.#told.peek();
    if (event.revision <= before.revision) return "old";
    this.#set(applyEvent(before, event));
    return event.revision > before.revision + 1 ? "hole" : "next";
  }

  attempt(change: InboxChange): Pending {
    const pending: Pending = { change, revision: null };
    this.#pending.value = [...this.#pending.peek(), pending];
    return pending;
  }

  /** The server took it. Its event comes in its turn, after others that may still be on the way. */
  settle(pending: Pending, revision: number | null): void {
    pending.revision = revision;
    if (revision === null) {
      batch(() => {
        this.#told.value = applyChange(this.#told.peek(), pending.change);
        this.withdraw(pending);
      });
    } else this.#set(this.#told.peek());
  }

  withdraw(pending: Pending): void {
    this.#pending.value = this.#pending.peek().filter((one) => one !== pending);
  }

  /** Adds what lies further back. What is known already stays: the events that are to come fit to it. */
  add(items: NotificationItem[]): void {
    const told = this.#told.peek();
    const known = new Map(told.items);
    for (const item of items) {
      if (!known.has(item.id)) known.set(item.id, item);
    }
    this.#set({ ...told, items: known });
  }

  /** Forgets everything for what `read` reads, and for what is told while it reads. */
  async replace(read: () => Promise<InboxState>): Promise<void> {
    const events: InboxEvent[] = [];
    this.#meanwhile.add(events);
    try {
      const state = await read();
      this.#set(events.reduce(applyEvent, state));
    } finally {
      this.#meanwhile.delete(events);
    }
  }

  #set(told: InboxState): void {
    batch(() => {
      this.#told.value = told;
      this.#pending.value = this.#pending.peek().filter(({ revision }) =>
        revision === null || revision > told.revision
      );
    });
  }
}
