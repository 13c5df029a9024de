import {
  batch,
  computed,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import { type ApiFailure, failureOf } from "./api.ts";
import type { Environment } from "./environment.ts";
import type { ChannelEvent, ChannelState } from "./feed.ts";
import { type Window, withNewer, withOlder } from "./chat_window.ts";
import { History, type HistoryPage } from "./history.ts";
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
import { readAgain } from "./read_again.ts";
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
 * server's order. Away from the newest messages only history is shown; `latest` leads back.
 */
export class Chat {
  readonly channel: string;
  readonly me: Me;
  readonly parentId: Strand;
  /** Oldest first. */
  readonly messages: ReadonlySignal<ChatItem[]>;
  /** What a thread replies to. */
  readonly parent: Signal<ChatItem | null> = signal<ChatItem | null>(null);
  readonly hasOlder: ReadonlySignal<boolean>;
  /** There are newer messages than those shown. */
  readonly hasNewer: ReadonlySignal<boolean>;
  readonly loadingOlder: Signal<boolean> = signal(false);
  readonly loadingNewer: Signal<boolean> = signal(false);
  /** Why history could not be loaded. */
  readonly error: Signal<string | null> = signal(null);
  /** Whether events arrive. */
  readonly state: Signal<ChannelState> = signal<ChannelState>("subscribing");
  /** What the reader has done to messages and the server has not answered. */
  readonly overlay = new Overlay();
  readonly #window: Signal<Window>;
  readonly #answered = signal<ChatItem[]>([]);
  readonly #outbox = signal<Outbox | null>(null);
  readonly #history: History;
  readonly #since: string | undefined;
  /** Id of the last message before those that may be missing, until what is shown has been read again. */
  #edge: string | null;
  #page: Page | null = null;
  readonly #refresh: Refresh;

  constructor({ channel, initial, me, parentId }: ChatOptions) {
    this.channel = channel;
    this.me = me;
    this.parentId = parentId ?? null;
    this.#history = new History(channel, me, this.parentId);
    this.#since = initial.position ?? undefined;
    this.#refresh = new Refresh(
      this.#since === undefined,
      (env) => this.#readAgain(env),
      ({ message }) => {
        this.error.value = message;
      },
    );
    this.#window = signal({
      items: initial.messages.map((message) => sentItem(message, me)).reverse(),
      before: initial.before,
      after: initial.after ?? null,
    });
    this.#edge = this.#since === undefined ? this.#newest() : null;
    this.hasOlder = computed(() => this.#window.value.before !== null);
    this.hasNewer = computed(() => this.#window.value.after !== null);
    const unsent = computed(() =>
      (this.#outbox.value?.items.value ?? [])
        .filter((item) =>
          item.channel === channel &&
          (item.parentId ?? null) === this.parentId
        )
        .map((item) => unsentItem(item, me))
    );
    this.messages = computed(() => {
      const { items, after } = this.#window.value;
      return this.overlay.over(
        after === null
          ? [...items, ...this.#answered.value, ...unsent.value]
          : items,
      );
    });
  }

  /** Follows the channel; returns what ends it. */
  start(page: Page): () => void {
    this.#page = page;
    this.#refresh.start(page.env);
    const outbox = shared(
      page,
      `outbox ${this.me.id}`,
      () => new Outbox(page.env, this.me.id, browserVault()),
    );
    this.#outbox.value = outbox;
    this.#confirm(this.#window.peek().items);
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
        onEvent: (event) => this.#take(event),
        onExpired: () => {
          this.#edge ??= this.#newest();
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
      this.#page = null;
    };
  }

  /** Shows it at once and sends it as soon as it can be sent. Returns its client id; `null` for an empty text. */
  readonly send = (content: string, along: Along = {}): string | null => {
    const text = content.trim();
    const outbox = this.#outbox.peek();
    const empty = !text && !along.quote && !along.attachments?.length;
    if (empty || !outbox) return null;
    if (this.hasNewer.peek()) void this.latest();
    const parentId = this.parentId ?? along.parentId;
    return outbox.send(this.channel, text, { ...along, parentId }).clientId;
  };

  /** Sends a failed one again. */
  readonly retry = (clientId: string): void =>
    this.#outbox.peek()?.retry(clientId);

  /** Takes one out that was not sent. */
  readonly discard = (clientId: string): void =>
    this.#outbox.peek()?.remove(clientId);

  /** Puts the page before what is shown in front of it. */
  readonly loadOlder = async (): Promise<void> => {
    const { before } = this.#window.peek();
    if (before === null || this.loadingOlder.peek()) return;
    await this.#load(
      this.loadingOlder,
      (env) =>
        this.#history.read(env, before, 1, (page) => {
          // A reload came in between and moved the beginning.
          if (this.#window.peek().before !== before) return;
          this.#window.value = withOlder(
            this.#window.peek(),
            page.items,
            page.before,
          );
        }),
    );
  };

  /** Puts the page after what is shown behind it. */
  readonly loadNewer = async (): Promise<void> => {
    const { after } = this.#window.peek();
    if (after === null || this.loadingNewer.peek()) return;
    await this.#load(
      this.loadingNewer,
      (env) =>
        this.#history.readAfter(env, after, (page) => {
          if (this.#window.peek().after !== after) return;
          this.#window.value = withNewer(
            this.#window.peek(),
            page.items,
            page.after,
          );
          this.#confirm(page.items);
        }),
    );
  };

  /** Makes sure that the message is among those shown; `false` when it is not in this room. */
  readonly show = async (id: string): Promise<boolean> => {
    const shown = () => this.#window.peek().items.some((one) => one.id === id);
    if (shown()) return true;
    await this.#load(
      this.loadingNewer,
      (env) => this.#history.readAround(env, id, (page) => this.#replace(page)),
    );
    return shown();
  };

  /** Back to the newest messages. */
  readonly latest = async (): Promise<void> => {
    if (!this.hasNewer.peek()) return;
    await this.#load(
      this.loadingNewer,
      (env) => this.#history.read(env, null, 1, (page) => this.#replace(page)),
    );
  };

  /** Takes over what the server has answered about a message, if it is news. */
  readonly learn = (
    id: string,
    change: Partial<Message>,
    revision?: number,
  ): void => this.#apply([{ kind: "edit", id, change, revision }]);

  async #load(
    loading: Signal<boolean>,
    read: (env: Environment) => Promise<void>,
  ): Promise<void> {
    if (!this.#page) return;
    loading.value = true;
    this.error.value = null;
    try {
      await read(this.#page.env);
    } catch (error) {
      const failure: ApiFailure = failureOf(error);
      if (failure.status !== 404) this.error.value = failure.message;
    } finally {
      loading.value = false;
    }
  }

  async #readAgain(env: Environment): Promise<void> {
    const edge = this.#edge;
    this.#edge = null;
    try {
      await readAgain(env, {
        history: this.#history,
        window: () => this.#window.peek(),
        show: (page) => this.#replace(page),
        edge,
      });
    } catch (error) {
      this.#edge = edge ?? this.#edge;
      throw error;
    }
  }

  #newest(): string | null {
    return this.#window.peek().items.at(-1)?.id ?? null;
  }

  #replace({ items, before, after, parent }: HistoryPage): void {
    this.#window.value = { items, before, after };
    this.error.value = null;
    if (parent) this.parent.value = parent;
    this.#confirm(items);
  }

  #take({ event, data, position }: ChannelEvent): void {
    this.#apply(readChanges(event, data, position));
  }

  #apply(changes: MessageChange[]): void {
    if (changes.length === 0) return;
    batch(() => {
      for (const change of changes) {
        this.#history.note(change);
        const held = this.#window.peek();
        // Away from the newest, what is new is not next to what is shown: it is read when one gets there.
        if (change.kind !== "new" || held.after === null) {
          const items = applyChange(held.items, change, this.me, this.parentId);
          if (items !== held.items) this.#window.value = { ...held, items };
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
    if (this.#window.peek().items.some((item) => item.id === message.id)) {
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
