import {
  batch,
  computed,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import { ApiFailure, call, failureOf } from "./api.ts";
import type { ChannelEvent } from "./feed.ts";
import { InboxLedger } from "./inbox_ledger.ts";
import { InboxList } from "./inbox_list.ts";
import {
  type InboxChange,
  type NotificationItem,
  readInboxEvent,
} from "./inbox_state.ts";
import type { Page } from "./page.ts";
import { Refresh } from "./refresh.ts";

export type InboxFilter = "all" | "unread" | "archived" | "snoozed";

/** What the server rendered; whatever is missing is loaded when it is needed. */
export interface InboxSnapshot {
  unread: number;
  unseen?: number;
  revision: number;
  /** Newest first: the first page of `all`. */
  notifications?: NotificationItem[];
  /** Of the next page; `null` when there is none. */
  cursor?: string | null;
  /** Where the log of the inbox's channel stood before all this was read; without it, it is read again at the start. */
  position?: string | null;
}

const FILTERS: Record<InboxFilter, (item: NotificationItem) => boolean> = {
  all: (item) => !item.archived && !item.snoozedUntil,
  unread: (item) => !item.archived && !item.snoozedUntil && !item.read,
  archived: (item) => item.archived,
  snoozed: (item) => !item.archived && Boolean(item.snoozedUntil),
};

const BASE = "/api/notifications";

/** Somebody's notifications, the same on every tab. */
export class Inbox {
  /** Exact, also for what is not loaded. */
  readonly unread: ReadonlySignal<number>;
  /** What nobody has seen yet: the badge. */
  readonly unseen: ReadonlySignal<number>;
  /** Of the last change that is shown. */
  readonly revision: ReadonlySignal<number>;
  /** Why the last action or loading failed. */
  readonly error: Signal<string | null> = signal(null);
  readonly #channel: string;
  readonly #ledger: InboxLedger;
  readonly #lists: Record<InboxFilter, InboxList>;
  readonly #onNew = new Set<(item: NotificationItem) => void>();
  readonly #since: string | undefined;
  #page: Page | null = null;
  #users = 0;
  readonly #refresh: Refresh;
  #stop = () => {};

  constructor(userId: string, initial: InboxSnapshot) {
    this.#channel = `private-user-${userId}`;
    this.#since = initial.position ?? undefined;
    this.#refresh = new Refresh(
      this.#since === undefined,
      () => this.#reload(),
      (failure) => this.#failed(failure),
    );
    const { unread, unseen = 0, revision, notifications, cursor } = initial;
    const items = new Map(notifications?.map((item) => [item.id, item]));
    const ledger = new InboxLedger({ unread, unseen, revision, items });
    this.#ledger = ledger;
    this.unread = computed(() => ledger.shown.value.unread);
    this.unseen = computed(() => ledger.shown.value.unseen);
    this.revision = computed(() => ledger.shown.value.revision);
    const list = (filter: InboxFilter) =>
      new InboxList(ledger, FILTERS[filter], (cursor) => {
        const query = new URLSearchParams({ filter });
        if (cursor) query.set("cursor", cursor);
        return this.#get(`?${query}`);
      }, (error) => this.#failed(error));
    this.#lists = {
      all: list("all"),
      unread: list("unread"),
      archived: list("archived"),
      snoozed: list("snoozed"),
    };
    if (notifications) this.#lists.all.begin(cursor ?? null);
  }

  /** Follows the inbox for as long as anybody on the page does; returns what ends it. */
  start(page: Page): () => void {
    if (this.#users++ === 0) {
      this.#page = page;
      this.#refresh.start(page.env);
      this.#stop = page.client.subscribe(this.#channel, {
        since: this.#since,
        onEvent: (event) => this.#take(event),
        onExpired: () => void this.#refresh.now(),
        onState: (state) => {
          if (state === "subscribed" && this.#refresh.stale) {
            void this.#refresh.now();
          }
        },
      });
    }
    return () => {
      if (--this.#users > 0) return;
      this.#stop();
      this.#refresh.stop();
      this.#page = null;
    };
  }

  /** Calls `handler` with each notification that comes while the page is open, once. Returns what ends it. */
  onNew(handler: (item: NotificationItem) => void): () => void {
    this.#onNew.add(handler);
    return () => this.#onNew.delete(handler);
  }

  list(filter: InboxFilter): InboxList {
    return this.#lists[filter];
  }

  /** Another island of the page brings what the server rendered for it. */
  adopt({ notifications, cursor, revision }: InboxSnapshot): void {
    if (!notifications || this.#lists.all.inUse) return;
    this.#ledger.add(notifications);
    this.#lists.all.begin(cursor ?? null);
    // Read at another moment, it does not fit to the events that come.
    if (revision !== this.#ledger.shown.peek().revision) {
      void this.#refresh.now();
    }
  }

  // Each shows at once what it does, and resolves to `false` when the server refused and it was taken back.

  readonly markRead = (id: string, read = true): Promise<boolean> =>
    this.#act({ kind: "read", id, read }, "PATCH", `/${id}`, { read });

  readonly markAllRead = (): Promise<boolean> =>
    this.#act({ kind: "read-all" }, "POST", "/read-all");

  readonly markSeen = (id: string): Promise<boolean> =>
    this.#act({ kind: "seen", id }, "PATCH", `/${id}`, { seen: true });

  readonly markAllSeen = (): Promise<boolean> =>
    this.#act({ kind: "seen-all" }, "POST", "/seen-all");

  /** Until `until` (milliseconds) it is out of the inbox; `null` brings it back now. */
  readonly snooze = (id: string, until: number | null): Promise<boolean> =>
    this.#act({ kind: "snooze", id, until }, "PATCH", `/${id}`, {
      snoozedUntil: until,
    });

  /** Takes a deletion back; the server's event brings the notification. */
  readonly restore = async (id: string): Promise<boolean> => {
    if (!this.#page) return false;
    try {
      await call(this.#page.env, "PATCH", `${BASE}/${id}`, { deleted: false });
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  };

  readonly archive = (id: string, archived = true): Promise<boolean> =>
    this.#act({ kind: "archive", id, archived }, "PATCH", `/${id}`, {
      archived,
    });

  readonly delete = (id: string): Promise<boolean> =>
    this.#act({ kind: "delete", id }, "DELETE", `/${id}`);

  /** Reads again the count and the first page of each list in use. */
  #reload(): Promise<void> {
    return this.#ledger.replace(async () => {
      // First: what is told with a later revision is applied on top of what the lists then say.
      const { count, unseen, revision } = await this.#get("/unread-count");
      const items = new Map<string, NotificationItem>();
      const begin: (() => void)[] = [];
      for (const list of Object.values(this.#lists)) {
        if (!list.inUse) continue;
        const { page, cursor } = await list.read(undefined);
        for (const item of page) items.set(item.id, item);
        begin.push(() => list.begin(cursor));
      }
      batch(() => begin.forEach((run) => run()));
      return {
        unread: Number(count),
        unseen: Number(unseen ?? 0),
        revision: Number(revision),
        items,
      };
    });
  }

  async #act(
    change: InboxChange,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<boolean> {
    const page = this.#page;
    if (!page) return false;
    this.error.value = null;
    const pending = this.#ledger.attempt(change);
    try {
      const { revision } = await call(page.env, method, BASE + path, body);
      this.#ledger.settle(
        pending,
        typeof revision === "number" ? revision : null,
      );
      return true;
    } catch (error) {
      this.#ledger.withdraw(pending);
      // It is not there any more: this page has missed something.
      if (this.#failed(error) === 404) void this.#refresh.now();
      return false;
    }
  }

  #take({ event, data }: ChannelEvent): void {
    const told = readInboxEvent(event, data);
    if (!told) return;
    const order = this.#ledger.tell(told);
    if (order === "hole") void this.#refresh.now();
    if (order === "old" || event !== "notification:new" || told.quiet) return;
    for (const change of told.changes) {
      if (change.kind !== "new") continue;
      for (const handler of [...this.#onNew]) handler(change.item);
    }
  }

  #get(path: string): Promise<Record<string, unknown>> {
    return this.#page
      ? call(this.#page.env, "GET", BASE + path)
      : Promise.reject(new ApiFailure("The page is gone", 0));
  }

  /** Returns the HTTP status. */
  #failed(error: unknown): number {
    const { message, status } = failureOf(error);
    this.error.value = message;
    return status;
  }
}
