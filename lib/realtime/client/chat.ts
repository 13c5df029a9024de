import {
  batch,
  computed,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import { failureOf } from "./api.ts";
import type { Environment } from "./environment.ts";
import type { ChannelEvent, ChannelState } from "./feed.ts";
import { History, PAGE_SIZE } from "./history.ts";
import {
  applyChange,
  type ChatItem,
  type Me,
  type Message,
  ownClientId,
  readChange,
  readMessage,
  sentItem,
  unsentItem,
} from "./messages.ts";
import { Outbox } from "./outbox.ts";
import { type Page, shared } from "./page.ts";
import { Refresh } from "./refresh.ts";

/** What the server rendered: the newest messages and where they were read. */
export interface ChatSnapshot {
  /** Newest first, as the API gives them. */
  messages: Message[];
  /** Cursor of the page before; `null` when there is none. */
  before: string | null;
  /** Where the channel's log stood before the messages were read; without it they are read again at the start. */
  position?: string | null;
}

export interface ChatOptions {
  channel: string;
  initial: ChatSnapshot;
  me: Me;
}

/** Pages read when the snapshot is loaded again; what lies further back is for `loadOlder`. */
const RELOAD_PAGES = 10;

/**
 * One channel's messages. What is shown is, in this order: what the channel's log or history has put into its place;
 * then what the server has taken and the log has not told yet; then what waits in the outbox. Since events come in the
 * log's order and a message leaves the second part with its own event, the whole is always in the server's order.
 */
export class Chat {
  readonly channel: string;
  readonly me: Me;
  /** Oldest first. */
  readonly messages: ReadonlySignal<ChatItem[]>;
  readonly hasOlder: ReadonlySignal<boolean>;
  readonly loadingOlder: Signal<boolean> = signal(false);
  /** Why history could not be loaded. */
  readonly error: Signal<string | null> = signal(null);
  /** Whether events arrive. */
  readonly state: Signal<ChannelState> = signal<ChannelState>("subscribing");
  readonly #placed: Signal<ChatItem[]>;
  readonly #answered = signal<ChatItem[]>([]);
  readonly #before: Signal<string | null>;
  readonly #outbox = signal<Outbox | null>(null);
  readonly #history: History;
  readonly #since: string | undefined;
  #page: Page | null = null;
  readonly #refresh: Refresh;

  constructor({ channel, initial, me }: ChatOptions) {
    this.channel = channel;
    this.me = me;
    this.#history = new History(channel, me);
    this.#since = initial.position ?? undefined;
    this.#refresh = new Refresh(
      this.#since === undefined,
      (env) => this.#reload(env),
      ({ message }) => {
        this.error.value = message;
      },
    );
    this.#before = signal(initial.before);
    this.hasOlder = computed(() => this.#before.value !== null);
    this.#placed = signal(
      initial.messages.map((message) => sentItem(message, me)).reverse(),
    );
    const unsent = computed(() =>
      (this.#outbox.value?.items.value ?? [])
        .filter((item) => item.channel === channel)
        .map((item) => unsentItem(item, me))
    );
    this.messages = computed(() => [
      ...this.#placed.value,
      ...this.#answered.value,
      ...unsent.value,
    ]);
  }

  /** Follows the channel; returns what ends it. */
  start(page: Page): () => void {
    this.#page = page;
    this.#refresh.start(page.env);
    const outbox = shared(
      page,
      `outbox ${this.me.id}`,
      () => new Outbox(page.env, this.me.id),
    );
    this.#outbox.value = outbox;
    this.#confirm(this.#placed.peek());
    const ends = [
      outbox.onSent((unsent, answer) => {
        const message = readMessage(answer.message);
        if (unsent.channel === this.channel && message) this.#answer(message);
      }),
      page.client.subscribe(this.channel, {
        since: this.#since,
        onEvent: (event) => this.#take(event),
        onExpired: () => void this.#refresh.now(),
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
  readonly send = (content: string): string | null => {
    const text = content.trim();
    const outbox = this.#outbox.peek();
    return text && outbox ? outbox.send(this.channel, text).clientId : null;
  };

  /** Sends a failed one again. */
  readonly retry = (clientId: string): void =>
    this.#outbox.peek()?.retry(clientId);

  /** Takes one out that was not sent. */
  readonly discard = (clientId: string): void =>
    this.#outbox.peek()?.remove(clientId);

  /** Puts the page before what is shown in front of it. */
  readonly loadOlder = async (): Promise<void> => {
    const before = this.#before.peek();
    if (before === null || this.loadingOlder.peek() || !this.#page) return;
    this.loadingOlder.value = true;
    this.error.value = null;
    try {
      await this.#history.read(this.#page.env, before, 1, (items, next) => {
        // A reload came in between and moved the beginning.
        if (this.#before.peek() !== before) return;
        const known = new Set(this.#placed.peek().map((item) => item.id));
        const older = items.filter((item) => !known.has(item.id));
        this.#placed.value = [...older, ...this.#placed.peek()];
        this.#before.value = next;
      });
    } catch (error) {
      this.error.value = failureOf(error).message;
    } finally {
      this.loadingOlder.value = false;
    }
  };

  /** Loads again what is shown; what is pending stays. */
  async #reload(env: Environment): Promise<void> {
    const shown = Math.ceil(this.#placed.peek().length / PAGE_SIZE) || 1;
    const pages = Math.min(RELOAD_PAGES, shown);
    await this.#history.read(env, null, pages, (items, before) => {
      this.#placed.value = items;
      this.#before.value = before;
      this.error.value = null;
      this.#confirm(items);
    });
  }

  #take({ event, data }: ChannelEvent): void {
    const change = readChange(event, data);
    if (!change) return;
    const { me } = this;
    this.#history.note(change);
    batch(() => {
      this.#placed.value = applyChange(this.#placed.peek(), change, me);
      if (change.kind === "new") this.#confirm([change.message]);
    });
  }

  /** The server has taken a message of ours; its event says where it stands. */
  #answer(message: Message): void {
    if (this.#placed.peek().some((item) => item.id === message.id)) return;
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
