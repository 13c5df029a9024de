import { type ReadonlySignal, signal } from "@preact/signals";
import { HOUR } from "../../clock.ts";
import type { Attachment, Quote } from "../../messages/types.ts";
import { call, failureOf, mayPass } from "./api.ts";
import { backoffDelay } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import { isFields } from "./frames.ts";
import type { VaultPort } from "./vault_port.ts";

/** A message that the server has not answered for. */
export interface Unsent {
  /** Makes the sending idempotent: however often it is sent, it becomes one message. */
  clientId: string;
  channel: string;
  content: string;
  /** The message that it replies to in a thread. */
  parentId?: string;
  /** What it quotes or forwards: the place, and what is shown until the server has taken it. */
  quote?: Quote;
  /** Files that the server has already. */
  attachments?: Attachment[];
  /** Milliseconds; when it was written. */
  sentAt: number;
  state: "sending" | "failed";
  /** Why it failed. */
  error?: string;
}

/** What goes along with the text. */
export type Along = Pick<Unsent, "parentId" | "quote" | "attachments">;

/** Told of each message that the server has taken, with its answer. */
export type OnSent = (
  unsent: Unsent,
  answer: Record<string, unknown>,
) => void;

export const messagesPath = (channel: string) =>
  `/api/channels/${encodeURIComponent(channel)}/messages`;
export const threadPath = (channel: string, parentId: string) =>
  `/api/channels/${encodeURIComponent(channel)}/threads/${
    encodeURIComponent(parentId)
  }`;

/** A server that is there and fails at this message again and again is not going to take it. */
const PATIENCE = 6;

const KEEP_AFTER = 250;

/** Milliseconds after which the vault's code is fetched: without a network it cannot be had any more. */
const OPEN_AFTER = 3_000;

/** The server knows a client id for a day: what is older might be there already, so its writer is asked. */
const DOUBTFUL = 20 * HOUR;

/**
 * What one person has written and the server has not taken: sent one after the other in each channel, again and again
 * with the same client id until the server answers. It is kept in the tab's storage, which is written before anything
 * else can happen, and in the browser's vault, which survives the tab. Nothing is dropped: what the server refuses
 * stays as `failed` until it is retried or discarded.
 */
export class Outbox {
  readonly #env: Environment;
  readonly #vault: VaultPort | null;
  readonly #userId: string;
  readonly #key: string;
  #keeping = false;
  /** The vault has something of this tab. */
  #kept = false;
  readonly #items = signal<Unsent[]>([]);
  /** Channels being sent to. */
  readonly #lanes = new Set<string>();
  /** Those waiting to try again. */
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<OnSent>();

  constructor(
    env: Environment,
    userId: string,
    vault: VaultPort | null = null,
  ) {
    this.#env = env;
    this.#vault = vault;
    this.#userId = userId;
    // Whoever signs in next in this tab must not send what this person wrote.
    this.#key = `nexora:outbox:${userId}`;
    this.#items.value = this.#restore();
    env.watch((nudge) => {
      if (nudge === "online" || nudge === "visible") this.flush();
      else this.#keepNow();
    });
    env.after(OPEN_AFTER, () => void vault?.open().catch(() => {}));
    this.flush();
    void this.#adopt(userId);
  }

  get items(): ReadonlySignal<readonly Unsent[]> {
    return this.#items;
  }

  /** Returns what ends the listening. */
  onSent(listener: OnSent): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(channel: string, content: string, along: Along = {}): Unsent {
    const unsent: Unsent = {
      ...along,
      clientId: this.#env.newId(),
      channel,
      content,
      sentAt: this.#env.now(),
      state: "sending",
    };
    this.#set([...this.#items.peek(), unsent]);
    void this.#drain(channel);
    return unsent;
  }

  /** Sends a failed one again, in its old place before later ones that wait. */
  retry(clientId: string): void {
    this.#change(clientId, { state: "sending", error: undefined });
    this.flush();
  }

  /** Takes one out: the writer gave it up, or it was seen among the channel's messages. */
  remove(clientId: string): void {
    if (this.#has(clientId)) {
      this.#set(this.#items.peek().filter((one) => one.clientId !== clientId));
    }
  }

  /** Tries now what waits to be tried again: the network is back. */
  flush(): void {
    for (const wake of [...this.#waiting]) wake();
    for (const { channel } of this.#items.peek()) void this.#drain(channel);
  }

  #has(clientId: string): boolean {
    return this.#items.peek().some((item) => item.clientId === clientId);
  }

  async #drain(channel: string): Promise<void> {
    if (this.#lanes.has(channel)) return;
    this.#lanes.add(channel);
    try {
      for (let attempts = 0, last = "";;) {
        const next = this.#items.peek().find((item) =>
          item.channel === channel && item.state === "sending"
        );
        if (!next) return;
        if (next.clientId !== last) attempts = 0;
        last = next.clientId;
        const wait = await this.#attempt(next, attempts++);
        if (wait > 0) await this.#wait(wait);
      }
    } finally {
      this.#lanes.delete(channel);
    }
  }

  /** Returns the milliseconds to wait before the next attempt, of this message or the next one. */
  async #attempt(unsent: Unsent, attempts: number): Promise<number> {
    const { clientId, content, channel, parentId, quote, attachments } = unsent;
    try {
      const answer = await call(
        this.#env,
        "POST",
        messagesPath(channel),
        {
          content,
          clientId,
          parentId,
          quote: quote && { channel: quote.channel, id: quote.id },
          attachments: attachments?.map(({ id }) => id),
        },
      );
      // Its event was quicker, or the writer gave it up: then there is nothing to tell.
      if (!this.#has(clientId)) return 0;
      this.remove(clientId);
      for (const listener of [...this.#listeners]) listener(unsent, answer);
      return 0;
    } catch (error) {
      const { status, message, retryAfter } = failureOf(error);
      const stuck = status === 500 && attempts + 1 >= PATIENCE;
      if (mayPass(status) && !stuck) {
        return Math.max(retryAfter, backoffDelay(attempts, this.#env.random));
      }
      this.#change(clientId, { state: "failed", error: message });
      return 0;
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        this.#waiting.delete(wake);
        resolve();
      };
      const cancel = this.#env.after(ms, wake);
      this.#waiting.add(wake);
    });
  }

  #change(clientId: string, change: Partial<Unsent>): void {
    this.#set(
      this.#items.peek().map((item) =>
        item.clientId === clientId ? { ...item, ...change } : item
      ),
    );
  }

  #set(items: Unsent[]): void {
    this.#items.value = items;
    try {
      if (items.length > 0) {
        this.#env.storage?.setItem(this.#key, JSON.stringify(items));
      } else this.#env.storage?.removeItem(this.#key);
    } catch {
      // Full or forbidden: then it lives as long as the page, or in the vault.
    }
    this.#keep();
  }

  /** Writes what there is to the vault: at once while messages wait, else soon, for most are taken before. */
  #keep(): void {
    if (this.#waiting.size > 0 || !this.#env.online()) return this.#keepNow();
    if (!this.#vault || this.#keeping) return;
    this.#keeping = true;
    this.#env.after(KEEP_AFTER, () => {
      this.#keeping = false;
      this.#keepNow();
    });
  }

  #keepNow(): void {
    const items = this.#items.peek();
    if (!this.#vault || items.length === 0 && !this.#kept) return;
    this.#kept = items.length > 0;
    // No database in this browser: the tab's storage has it.
    this.#vault.open().then((open) => open.keep(this.#userId, items))
      .catch(() => {});
  }

  /** Takes over what tabs have left that are no more. */
  async #adopt(userId: string): Promise<void> {
    if (!this.#vault?.mayHold()) return;
    let left: Unsent[] = [];
    try {
      const vault = await this.#vault.open();
      left = (await vault.adopt(userId)).filter(isUnsent);
    } catch {
      return;
    }
    const now = this.#env.now();
    const orphans = left.filter(({ clientId }) => !this.#has(clientId))
      .map((one): Unsent =>
        now - one.sentAt > DOUBTFUL ? { ...one, state: "failed" } : one
      );
    if (orphans.length === 0) return;
    this.#set(
      [...orphans, ...this.#items.peek()].sort((a, b) => a.sentAt - b.sentAt),
    );
    this.flush();
  }

  #restore(): Unsent[] {
    try {
      const kept: unknown = JSON.parse(
        this.#env.storage?.getItem(this.#key) ?? "[]",
      );
      return Array.isArray(kept) ? kept.filter(isUnsent) : [];
    } catch {
      return [];
    }
  }
}

function isUnsent(value: unknown): value is Unsent {
  return isFields(value) && typeof value.clientId === "string" &&
    typeof value.channel === "string" && typeof value.content === "string" &&
    typeof value.sentAt === "number" &&
    (value.state === "sending" || value.state === "failed");
}
