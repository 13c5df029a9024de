import {
  batch,
  computed,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import { ApiFailure, call, mayPass } from "./api.ts";
import { backoffDelay } from "./backoff.ts";
import type { ChannelEvent } from "./feed.ts";
import {
  applyChange,
  applyEvent,
  type InboxChange,
  type InboxEvent,
  type InboxState,
  type NotificationItem,
  readInboxEvent,
  readItem,
} from "./inbox_state.ts";
import type { Page } from "./page.ts";

export type InboxFilter = "all" | "unread" | "archived";

/** What the server rendered; whatever is missing is loaded when it is needed. */
export interface InboxSnapshot {
  unread: number;
  revision: number;
  /** Newest first: the first page of `all`. */
  notifications?: NotificationItem[];
  /** Of the next page; `null` when there is none. */
  cursor?: string | null;
  /** Where the log of the inbox's channel stood before all this was read; without it, it is read again at the start. */
  position?: string | null;
}

/** One way to look at the inbox, loaded page by page. */
export interface NotificationList {
  /** Newest first. */
  readonly items: ReadonlySignal<NotificationItem[]>;
  readonly hasMore: ReadonlySignal<boolean>;
  readonly loading: Signal<boolean>;
  /** The first page, then the next one. */
  loadMore(): Promise<void>;
}

interface Loaded {
  filter: InboxFilter;
  /** `undefined`: nothing yet; a string: down to this id; `null`: everything. */
  cursor: Signal<string | null | undefined>;
  list: NotificationList;
}

/** Something done here that the log has not told yet. */
interface Pending {
  change: InboxChange;
  /** From the server's answer; with the event of this revision the state has it. */
  revision: number | null;
}

const BASE = "/api/notifications";

const FILTERS: Record<InboxFilter, (item: NotificationItem) => boolean> = {
  all: (item) => !item.archived,
  unread: (item) => !item.archived && !item.read,
  archived: (item) => item.archived,
};

/**
 * Somebody's notifications. What is shown is what the server told (`#state`: revisions in order, each with the count
 * after it) with what was done here on top of it until the server tells that too. A refusal takes it from the top
 * again, so there is nothing to undo and nothing is counted twice, in however many tabs.
 */
export class Inbox {
  /** Exact, also for what is not loaded. */
  readonly unread: ReadonlySignal<number>;
  /** Why the last action or loading failed. */
  readonly error: Signal<string | null> = signal(null);
  readonly #channel: string;
  readonly #state: Signal<InboxState>;
  readonly #pending = signal<Pending[]>([]);
  readonly #shown: ReadonlySignal<InboxState>;
  readonly #lists = new Map<InboxFilter, Loaded>();
  readonly #onNew = new Set<(item: NotificationItem) => void>();
  /** One for each reading under way: what was told meanwhile. */
  readonly #meanwhile = new Set<InboxEvent[]>();
  readonly #since: string | undefined;
  #page: Page | null = null;
  #users = 0;
  #stale: boolean;
  #refreshing = false;
  #stop = () => {};
  #cancelRefresh = () => {};

  constructor(userId: string, initial: InboxSnapshot) {
    this.#channel = `private-user-${userId}`;
    this.#since = initial.position ?? undefined;
    this.#stale = this.#since === undefined;
    const { unread, revision, notifications, cursor } = initial;
    this.#state = signal({
      unread,
      revision,
      items: new Map(notifications?.map((item) => [item.id, item])),
    });
    this.#shown = computed(() =>
      this.#pending.value.map((pending) => pending.change)
        .reduce(applyChange, this.#state.value)
    );
    this.unread = computed(() => this.#shown.value.unread);
    if (notifications) this.#open("all").cursor.value = cursor ?? null;
  }

  /** Follows the inbox, for as long as anybody on the page does. */
  start(page: Page): () => void {
    if (this.#users++ === 0) {
      this.#page = page;
      this.#stop = page.client.subscribe(this.#channel, {
        since: this.#since,
        onEvent: (event) => this.#take(event),
        onExpired: () => void this.refresh(),
        onState: (state) => {
          if (state === "subscribed" && this.#stale) void this.refresh();
        },
      });
    }
    return () => {
      if (--this.#users > 0) return;
      this.#stop();
      this.#cancelRefresh();
      this.#page = null;
    };
  }

  /** Calls `handler` with each notification that comes while the page is open, once. Returns what ends it. */
  onNew(handler: (item: NotificationItem) => void): () => void {
    this.#onNew.add(handler);
    return () => this.#onNew.delete(handler);
  }

  list(filter: InboxFilter): NotificationList {
    return this.#open(filter).list;
  }

  markRead(id: string, read = true): Promise<boolean> {
    return this.#act({ kind: "read", id, read }, "PATCH", `/${id}`, { read });
  }

  markAllRead(): Promise<boolean> {
    return this.#act({ kind: "read-all" }, "POST", "/read-all");
  }

  archive(id: string, archived = true): Promise<boolean> {
    const body = { archived };
    return this.#act({ kind: "archive", id, archived }, "PATCH", `/${id}`, body);
  }

  delete(id: string): Promise<boolean> {
    return this.#act({ kind: "delete", id }, "DELETE", `/${id}`);
  }

  /** Loads again the first page of each open list, or the count alone. It is tried until it succeeds or is refused. */
  async refresh(attempts = 0): Promise<void> {
    this.#stale = true;
    const page = this.#page;
    if (this.#refreshing || !page) return;
    this.#cancelRefresh();
    this.#refreshing = true;
    try {
      while (this.#stale) {
        this.#stale = false;
        const open = [...this.#lists.values()].filter(({ cursor }) =>
          cursor.peek() !== undefined
        );
        for (const { filter } of open) await this.#load(filter, true);
        if (open.length === 0) await this.#count();
      }
    } catch (error) {
      this.#stale = true;
      if (this.#failed(error) && this.#page) {
        this.#cancelRefresh = page.env.after(
          backoffDelay(attempts, page.env.random),
          () => void this.refresh(attempts + 1),
        );
      }
    } finally {
      this.#refreshing = false;
    }
  }

  /** Shows it at once; `false` when the server refused and it was taken back. */
  async #act(
    change: InboxChange,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<boolean> {
    const page = this.#page;
    if (!page) return false;
    const pending: Pending = { change, revision: null };
    this.error.value = null;
    this.#pending.value = [...this.#pending.peek(), pending];
    try {
      const answer = await call(page.env, method, BASE + path, body);
      if (typeof answer.revision === "number") {
        // What it changed comes as an event, in its turn after others that are still on the way.
        pending.revision = answer.revision;
        this.#forget(() => false);
      } else {
        batch(() => {
          this.#state.value = applyChange(this.#state.peek(), change);
          this.#forget((one) => one === pending);
        });
      }
      return true;
    } catch (error) {
      this.#forget((one) => one === pending);
      this.#failed(error);
      return false;
    }
  }

  /** Drops what the state has by now, and what `also` says. */
  #forget(also: (pending: Pending) => boolean): void {
    const { revision } = this.#state.peek();
    const left = this.#pending.peek().filter((pending) =>
      !also(pending) &&
      (pending.revision === null || pending.revision > revision)
    );
    if (left.length < this.#pending.peek().length) this.#pending.value = left;
  }

  #take({ event, data }: ChannelEvent): void {
    const told = readInboxEvent(event, data);
    if (!told) return;
    for (const events of this.#meanwhile) events.push(told);
    const before = this.#state.peek();
    if (told.revision <= before.revision) return;
    batch(() => {
      this.#state.value = applyEvent(before, told);
      this.#forget(() => false);
    });
    // Revisions have no holes: something was missed.
    if (told.revision > before.revision + 1) void this.refresh();
    if (event !== "notification:new") return;
    for (const { item } of told.changes as { item: NotificationItem }[]) {
      for (const handler of [...this.#onNew]) handler(item);
    }
  }

  #open(filter: InboxFilter): Loaded {
    let loaded = this.#lists.get(filter);
    if (!loaded) this.#lists.set(filter, loaded = this.#makeList(filter));
    return loaded;
  }

  #makeList(filter: InboxFilter): Loaded {
    const cursor = signal<string | null | undefined>(undefined);
    const loading = signal(false);
    const items = computed(() => {
      const end = cursor.value;
      if (end === undefined) return [];
      return [...this.#shown.value.items.values()]
        // What another list knows from further back would stand here with holes around it.
        .filter((item) => FILTERS[filter](item) && (end === null || item.id >= end))
        .sort((a, b) => a.id < b.id ? 1 : -1);
    });
    const loadMore = async () => {
      if (loading.peek() || cursor.peek() === null || !this.#page) return;
      loading.value = true;
      this.error.value = null;
      try {
        await this.#load(filter, false);
      } catch (error) {
        this.#failed(error);
      } finally {
        loading.value = false;
      }
    };
    const hasMore = computed(() => cursor.value !== null);
    return { filter, cursor, list: { items, hasMore, loading, loadMore } };
  }

  /** Reads the next page of a list, or all lists' items anew from the first page of this one. */
  async #load(filter: InboxFilter, anew: boolean): Promise<void> {
    const { cursor } = this.#open(filter);
    const from = anew ? undefined : cursor.peek();
    const query = new URLSearchParams({ filter });
    if (from) query.set("cursor", from);
    await this.#read(`?${query}`, (answer) => {
      // A refresh came in between and began this list anew.
      if (!anew && cursor.peek() !== from) return null;
      cursor.value = typeof answer.cursor === "string" ? answer.cursor : null;
      const page = Array.isArray(answer.notifications)
        ? answer.notifications.flatMap((one) => readItem(one) ?? [])
        : [];
      return page;
    });
  }

  #count(): Promise<void> {
    return this.#read("/unread-count", () => []);
  }

  async #read(
    path: string,
    use: (answer: Record<string, unknown>) => NotificationItem[] | null,
  ): Promise<void> {
    const events: InboxEvent[] = [];
    this.#meanwhile.add(events);
    try {
      const answer = await call(this.#page!.env, "GET", BASE + path);
      batch(() => {
        const page = use(answer);
        if (!page) return;
        const { items } = this.#state.peek();
        const read: InboxState = {
          unread: Number(answer.unread ?? answer.count),
          revision: Number(answer.revision),
          items: new Map([...items, ...page.map((item) => [item.id, item] as const)]),
        };
        this.#state.value = events.reduce(applyEvent, read);
        this.#forget(() => false);
      });
    } finally {
      this.#meanwhile.delete(events);
    }
  }

  /** Returns whether trying again makes sense. */
  #failed(error: unknown): boolean {
    if (!(error instanceof ApiFailure)) throw error;
    this.error.value = error.message;
    return mayPass(error.status);
  }
}
