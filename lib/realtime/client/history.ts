import { batch } from "@preact/signals";
import { call } from "./api.ts";
import type { Environment } from "./environment.ts";
import {
  applyChange,
  type ChatItem,
  type Me,
  type MessageChange,
  readMessage,
  readMessages,
  sentItem,
  type Strand,
} from "./messages.ts";
import { messagesPath, threadPath } from "./outbox.ts";

/** Messages a request. */
export const PAGE_SIZE = 50;

/** What was read, oldest first, as it stands now. */
export interface HistoryPage {
  items: ChatItem[];
  /** Cursor of what is older; `null`: nothing is. */
  before: string | null;
  /** Cursor of what is newer; `null`: nothing is, and what is new belongs behind these. */
  after: string | null;
  /** Of a thread: what it replies to. */
  parent: ChatItem | null;
}

/** Reads a channel's history, or a thread's, from the API while its events go on coming. */
export class History {
  readonly #path: string;
  readonly #me: Me;
  readonly #strand: Strand;
  /** One for each reading under way: what was told meanwhile, its answer may not know. */
  readonly #meanwhile = new Set<MessageChange[]>();

  constructor(channel: string, me: Me, strand: Strand = null) {
    this.#path = strand === null
      ? messagesPath(channel)
      : threadPath(channel, strand);
    this.#me = me;
    this.#strand = strand;
  }

  /** To be called with each change that the channel tells. */
  note(change: MessageChange): void {
    for (const changes of this.#meanwhile) changes.push(change);
  }

  /**
   * Reads `pages` pages back from `before`, or from the newest message if it is `null`, and hands them to `use` as
   * they are at that moment: no event comes in between.
   *
   * @throws {ApiFailure}
   */
  read(
    env: Environment,
    before: string | null,
    pages: number,
    use: (page: HistoryPage) => void,
  ): Promise<void> {
    return this.#whileNoted(use, async () => {
      let items: ChatItem[] = [];
      let cursor = before;
      let parent: ChatItem | null = null;
      do {
        const place = cursor === null ? undefined : { before: cursor };
        const page: HistoryPage = await this.#get(env, place);
        items = [...page.items, ...items];
        parent ??= page.parent;
        cursor = page.before;
      } while (cursor !== null && --pages > 0);
      return { items, before: cursor, after: before, parent };
    });
  }

  /** Reads the page after `after`. @throws {ApiFailure} */
  readAfter(
    env: Environment,
    after: string,
    use: (page: HistoryPage) => void,
  ): Promise<void> {
    return this.#whileNoted(use, () => this.#get(env, { after }));
  }

  /** Reads the messages around this one. @throws {ApiFailure} 404 when it is not there */
  readAround(
    env: Environment,
    id: string,
    use: (page: HistoryPage) => void,
  ): Promise<void> {
    return this.#whileNoted(use, () => this.#get(env, { around: id }));
  }

  async #get(
    env: Environment,
    place: Record<string, string> = {},
  ): Promise<HistoryPage> {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...place });
    const answer = await call(env, "GET", `${this.#path}?${query}`);
    const cursor = (value: unknown) => typeof value === "string" ? value : null;
    const parent = readMessage(answer.parent);
    return {
      items: readMessages(answer.messages)
        .map((message) => sentItem(message, this.#me)).reverse(),
      before: cursor(answer.before),
      after: cursor(answer.after),
      parent: parent && sentItem(parent, this.#me),
    };
  }

  async #whileNoted(
    use: (page: HistoryPage) => void,
    read: () => Promise<HistoryPage>,
  ): Promise<void> {
    const changes: MessageChange[] = [];
    this.#meanwhile.add(changes);
    try {
      const page = await read();
      let { items } = page;
      for (const change of changes) {
        // New messages belong behind the newest page only.
        if (page.after === null || change.kind !== "new") {
          items = applyChange(items, change, this.#me, this.#strand);
        }
      }
      batch(() => use({ ...page, items }));
    } finally {
      this.#meanwhile.delete(changes);
    }
  }
}
