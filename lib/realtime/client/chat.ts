import {
  batch,
  computed,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import type { ChannelState } from "./feed.ts";
import { History } from "./history.ts";
import {
  applyChange,
  type ChatItem,
  type Me,
  type Message,
  type MessageChange,
  ownClientId,
  readChanges,
  readMessage,
  sentItem,
  type Strand,
  unsentItem,
} from "./messages.ts";
import { type Along, Outbox } from "./outbox.ts";
import { Overlay } from "./overlay.ts";
import { type Page, shared } from "./page.ts";
import { Paging } from "./paging.ts";
import { Refresh } from "./refresh.ts";
import { browserVault } from "./vault_port.ts";

/** What the server rendered: a page of messages and where it was read. */
export interface ChatSnapshot {
  /** Newest first, as the API gives them. */
  messages: Message[];
  /** Cursor of the page before; `null` when there is none. */
  before: string | null;
  /** Cursor of the page after; `null` when these are the newest. */
  after?: string | null;
  /** Where the channel's log stood before the messages were read; without it they are read again at the start. */
  position?: string | null;
}

export interface ChatOptions {
  channel: string;
  initial: ChatSnapshot;
  me: Me;
  /** The message whose thread this is; without it, it is the room's own list. */
  parentId?: string;
}

/**
 * One channel's messages, or one thread's. What is shown is, in this order: what the channel's log or history has put
 * into its place; then what the server has taken and the log has not told yet; then what waits in the outbox. Since
 * events come in the log's order and a message leaves the second part with its own event, the whole is always in the
 * server's order. Away from the newest messages only history is shown; `paging.latest` leads back.
 */
export class Chat {
  readonly channel: string;
  readonly me: Me;
  readonly parentId: Strand;
  /** Oldest first. */
  readonly messages: ReadonlySignal<ChatItem[]>;
  /** What a thread replies to. */
  readonly parent: Signal<ChatItem | null> = signal<ChatItem | null>(null);
  /** The part that is held, and the ways to all others. */
  readonly paging: Paging;
  readonly hasOlder: ReadonlySignal<boolean>;
  /** There are newer messages than those shown. */
  readonly hasNewer: ReadonlySignal<boolean>;
  /** Whether events arrive. */
  readonly state: Signal<ChannelState> = signal<ChannelState>("subscribing");
  /** What the reader has done to messages and the server has not answered. */
  readonly overlay = new Overlay();
  readonly #answered = signal<ChatItem[]>([]);
  readonly #outbox = signal<Outbox | null>(null);
  readonly #history: History;
  readonly #since: string | undefined;
  readonly #refresh: Refresh;

  constructor({ channel, initial, me, parentId }: ChatOptions) {
    this.channel = channel;
    this.me = me;
    this.parentId = parentId ?? null;
    this.#history = new History(channel, me, this.parentId);
    this.#since = initial.position ?? undefined;
    this.#refresh = new Refresh(
      this.#since === undefined,
      (env) => this.paging.readAgain(env),
      ({ message }) => {
        this.paging.error.value = message;
      },
    );
    const held = {
      items: initial.messages.map((message) => sentItem(message, me)).reverse(),
      before: initial.before,
      after: initial.after ?? null,
    };
    this.paging = new Paging(this.#history, held, ({ items, parent }) => {
      if (parent) this.parent.value = parent;
      this.#confirm(items);
    });
    if (this.#since === undefined) this.paging.missed();
    this.hasOlder = computed(() => this.paging.window.value.before !== null);
    this.hasNewer = computed(() => this.paging.window.value.after !== null);
    const unsent = computed(() =>
      (this.#outbox.value?.items.value ?? [])
        .filter((item) =>
          item.channel === channel &&
          (item.parentId ?? null) === this.parentId
        )
        .map((item) => unsentItem(item, me))
    );
    this.messages = computed(() => {
      const { items, after } = this.paging.window.value;
      return this.overlay.over(
        after === null
          ? [...items, ...this.#answered.value, ...unsent.value]
          : items,
      );
    });
  }

  /** Follows the channel; returns what ends it. */
  start(page: Page): () => void {
    this.paging.env = page.env;
    this.#refresh.start(page.env);
    const outbox = shared(
      page,
      `outbox ${this.me.id}`,
      () => new Outbox(page.env, this.me.id, browserVault()),
    );
    this.#outbox.value = outbox;
    this.#confirm(this.paging.window.peek().items);
    const ends = [
      outbox.onSent((unsent, answer) => {
        const message = readMessage(answer.message);
        if (
          message && unsent.channel === this.channel &&
          (message.parentId ?? null) === this.parentId
        ) this.#answer(message);
      }),
      page.client.subscribe(this.channel, {
        since: this.#since,
        onEvent: ({ event, data, position }) =>
          this.#apply(readChanges(event, data, position)),
        onExpired: () => {
          this.paging.missed();
          void this.#refresh.now();
        },
        onState: (state) => {
          this.state.value = state;
          if (state !== "subscribed") return;
          outbox.flush();
          if (this.#refresh.stale) void this.#refresh.now();
        },
      }),
    ];
    return () => {
      for (const end of ends) end();
      this.#refresh.stop();
      this.paging.env = null;
    };
  }

  /** Shows it at once and sends it as soon as it can be sent. Returns its client id; `null` for an empty text. */
  readonly send = (content: string, along: Along = {}): string | null => {
    const text = content.trim();
    const outbox = this.#outbox.peek();
    const empty = !text && !along.quote && !along.attachments?.length;
    if (empty || !outbox) return null;
    void this.paging.latest();
    const parentId = this.parentId ?? along.parentId;
    return outbox.send(this.channel, text, { ...along, parentId }).clientId;
  };

  /** Sends a failed one again. */
  readonly retry = (clientId: string): void =>
    this.#outbox.peek()?.retry(clientId);

  /** Takes one out that was not sent. */
  readonly discard = (clientId: string): void =>
    this.#outbox.peek()?.remove(clientId);

  /** Takes over what the server has answered about a message, if it is news. */
  readonly learn = (
    id: string,
    change: Partial<Message>,
    revision?: number,
  ): void => this.#apply([{ kind: "edit", id, change, revision }]);

  #apply(changes: MessageChange[]): void {
    if (changes.length === 0) return;
    batch(() => {
      for (const change of changes) {
        this.#history.note(change);
        const held = this.paging.window.peek();
        // Away from the newest, what is new is not next to what is shown: it is read when one gets there.
        if (change.kind !== "new" || held.after === null) {
          const items = applyChange(held.items, change, this.me, this.parentId);
          if (items !== held.items) {
            this.paging.window.value = { ...held, items };
          }
        }
        if (change.kind === "new") this.#confirm([change.message]);
        else this.#changeParent(change);
      }
    });
  }

  #changeParent(change: MessageChange): void {
    const parent = this.parent.peek();
    if (!parent || change.kind !== "edit") return;
    const [changed] = applyChange([parent], change, this.me);
    if (changed && changed !== parent) this.parent.value = changed;
  }

  /** The server has taken a message of ours; its event says where it stands. */
  #answer(message: Message): void {
    if (
      this.paging.window.peek().items.some((item) => item.id === message.id)
    ) {
      return;
    }
    this.#answered.value = [
      ...this.#answered.peek(),
      sentItem(message, this.me),
    ];
  }

  /** These have found their place: they are no longer pending. */
  #confirm(messages: Message[]): void {
    const ids = new Set(messages.map((message) => message.id));
    const left = this.#answered.peek().filter((item) => !ids.has(item.id));
    if (left.length < this.#answered.peek().length) this.#answered.value = left;
    for (const message of messages) {
      const clientId = ownClientId(message, this.me);
      if (clientId) this.#outbox.peek()?.remove(clientId);
    }
  }
}
