import {
  batch,
  computed,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import type { InboxLedger } from "./inbox_ledger.ts";
import { type NotificationItem, placeOf, readItem } from "./inbox_state.ts";

/** One way to look at the inbox, loaded page by page. */
export class InboxList {
  /** Newest first; empty until `loadMore` was called once, unless the page came with them. */
  readonly items: ReadonlySignal<NotificationItem[]>;
  readonly hasMore: ReadonlySignal<boolean>;
  readonly loading: Signal<boolean> = signal(false);
  /** `undefined`: nothing is loaded; a string: everything down to this place; `null`: everything. */
  readonly #cursor = signal<string | null | undefined>(undefined);
  readonly #ledger: InboxLedger;
  readonly #get: (cursor?: string) => Promise<Record<string, unknown>>;
  readonly #failed: (error: unknown) => void;

  /**
   * @param get asks the API for the page after `cursor`
   * @param failed told when that did not work
   */
  constructor(
    ledger: InboxLedger,
    belongs: (item: NotificationItem) => boolean,
    get: (cursor?: string) => Promise<Record<string, unknown>>,
    failed: (error: unknown) => void,
  ) {
    this.#ledger = ledger;
    this.#get = get;
    this.#failed = failed;
    this.hasMore = computed(() => this.#cursor.value !== null);
    this.items = computed(() => {
      const end = this.#cursor.value;
      if (end === undefined) return [];
      // What another list knows from further back would stand here with holes around it.
      return [...ledger.shown.value.items.values()]
        .filter((item) =>
          belongs(item) && (end === null || placeOf(item) >= end)
        )
        .sort((a, b) => placeOf(a) < placeOf(b) ? 1 : -1);
    });
  }

  get inUse(): boolean {
    return this.#cursor.peek() !== undefined;
  }

  /** The first page is there. */
  begin(cursor: string | null): void {
    this.#cursor.value = cursor;
  }

  /** The first page, then the next one. */
  readonly loadMore = async (): Promise<void> => {
    const from = this.#cursor.peek();
    if (this.loading.peek() || from === null) return;
    this.loading.value = true;
    try {
      const { page, cursor } = await this.read(from);
      // A refresh came in between: this list begins anew.
      if (this.#cursor.peek() !== from) return;
      batch(() => {
        this.#ledger.add(page);
        this.#cursor.value = cursor;
      });
    } catch (error) {
      this.#failed(error);
    } finally {
      this.loading.value = false;
    }
  };

  async read(
    from: string | undefined,
  ): Promise<{ page: NotificationItem[]; cursor: string | null }> {
    const answer = await this.#get(from);
    return {
      page: Array.isArray(answer.notifications)
        ? answer.notifications.flatMap((one) => readItem(one) ?? [])
        : [],
      cursor: typeof answer.cursor === "string" ? answer.cursor : null,
    };
  }
}
