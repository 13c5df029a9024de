import { batch } from "@preact/signals";
import { call } from "./api.ts";
import type { Environment } from "./environment.ts";
import {
  applyChange,
  type ChatItem,
  type Me,
  type MessageChange,
  readMessages,
  sentItem,
} from "./messages.ts";
import { messagesPath } from "./outbox.ts";

/** Messages a request. */
export const PAGE_SIZE = 50;

/** Takes what was read, oldest first, and the cursor of the page before it (`null`: there is none). */
export type UseHistory = (items: ChatItem[], before: string | null) => void;

/** Reads a channel's history from the API while its events go on coming. */
export class History {
  readonly #channel: string;
  readonly #me: Me;
  /** One for each reading under way: what was told meanwhile, its answer may not know. */
  readonly #meanwhile = new Set<MessageChange[]>();

  constructor(channel: string, me: Me) {
    this.#channel = channel;
    this.#me = me;
  }

  /** To be called with each event of the channel. */
  note(change: MessageChange): void {
    for (const changes of this.#meanwhile) changes.push(change);
  }

  /**
   * Reads `pages` pages back from `before`, or from the newest message if it is `null`, and hands them to `use` as
   * they are at that moment: no event comes in between.
   *
   * @throws {ApiFailure}
   */
  async read(
    env: Environment,
    before: string | null,
    pages: number,
    use: UseHistory,
  ): Promise<void> {
    const changes: MessageChange[] = [];
    const fromNewest = before === null;
    this.#meanwhile.add(changes);
    try {
      let items: ChatItem[] = [];
      do {
        const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
        if (before !== null) query.set("before", before);
        const path = `${messagesPath(this.#channel)}?${query}`;
        const answer = await call(env, "GET", path);
        items = [
          ...readMessages(answer.messages)
            .map((message) => sentItem(message, this.#me)).reverse(),
          ...items,
        ];
        before = typeof answer.before === "string" ? answer.before : null;
      } while (before !== null && --pages > 0);
      for (const change of changes) {
        // New messages belong behind the newest page only.
        if (fromNewest || change.kind !== "new") {
          items = applyChange(items, change, this.#me);
        }
      }
      batch(() => use(items, before));
    } finally {
      this.#meanwhile.delete(changes);
    }
  }
}
