import type { ThreadState } from "../../messages/threads/types.ts";
import { comparePositions, parsePosition } from "../position.ts";
import { call } from "./api.ts";
import type { ChannelEvent } from "./feed.ts";
import { isFields } from "./frames.ts";
import { readMessage } from "./messages.ts";
import type { Page } from "./page.ts";

/** Replies kept for a count that was asked for before they came and is told after. */
const KEPT = 200;

interface Heard {
  parentId: string;
  authorId: string;
  position: string;
}

/**
 * Follows what is unread in somebody's threads. A count says up to which reply it goes; each later one that is heard
 * adds one, once, whether it was heard before the count was told or after.
 */
export class Threads {
  readonly #page: Page;
  readonly #userId: string;
  readonly #changed: (states: ThreadState[]) => void;
  readonly #states = new Map<string, ThreadState>();
  #heard: Heard[] = [];

  constructor(
    page: Page,
    userId: string,
    changed: (states: ThreadState[]) => void,
  ) {
    this.#page = page;
    this.#userId = userId;
    this.#changed = changed;
  }

  start(): () => void {
    void this.#load();
    return this.#page.client.subscribe(`private-user-${this.#userId}`, {
      onEvent: ({ event, data }) => {
        if (!isFields(data)) return;
        if (event === "thread:updated") {
          this.learn(data as unknown as ThreadState);
        } else if (event === "thread:followed") {
          void this.#ask(String(data.channel), String(data.parentId));
        }
      },
      onExpired: () => void this.#load(),
    });
  }

  /** An event of one of the reader's rooms. */
  hear({ channel, event, data, position }: ChannelEvent): void {
    if (!isFields(data) || typeof data.parentId !== "string") return;
    const { parentId } = data;
    if (event === "message:delete") {
      // Whether it was among the unread ones the server knows.
      if (this.#states.get(parentId)?.unread) void this.#ask(channel, parentId);
      return;
    }
    const message = event === "message:new" ? readMessage(data) : null;
    if (!message || position === undefined) return;
    const heard = { parentId, authorId: message.authorId, position };
    this.#heard = [...this.#heard.slice(1 - KEPT), heard];
    const state = this.#states.get(parentId);
    if (!state) return;
    const after = this.#with(state, heard);
    if (after !== state) this.#set(after);
  }

  /** What the server says of a thread. */
  learn(state: ThreadState): void {
    const before = this.#states.get(state.parentId);
    if (before && before.revision > state.revision) return;
    this.#set(
      this.#heard.reduce(
        (known, heard) =>
          heard.parentId === state.parentId ? this.#with(known, heard) : known,
        state,
      ),
    );
  }

  #set(state: ThreadState): void {
    this.#states.set(state.parentId, state);
    this.#changed([state]);
  }

  /** After a reply was heard. */
  #with(state: ThreadState, { authorId, position }: Heard): ThreadState {
    if (!state.following || !isAfter(position, state.upTo)) return state;
    const news = authorId === this.#userId ? 0 : 1;
    return { ...state, unread: state.unread + news, upTo: position };
  }

  async #ask(channel: string, parentId: string): Promise<void> {
    const path = `/api/channels/${encodeURIComponent(channel)}/threads/${
      encodeURIComponent(parentId)
    }/state`;
    const answer = await call(this.#page.env, "GET", path).catch(() => null);
    if (isFields(answer?.state)) {
      this.learn(answer.state as unknown as ThreadState);
    }
  }

  async #load(): Promise<void> {
    const answer = await call(
      this.#page.env,
      "GET",
      "/api/me/threads/states",
    ).catch(() => null);
    if (!Array.isArray(answer?.states)) return;
    for (const state of answer.states) this.learn(state as ThreadState);
  }
}

function isAfter(position: string, upTo: string | null): boolean {
  const at = parsePosition(position);
  const mark = upTo === null ? null : parsePosition(upTo);
  return at !== null && (mark === null || comparePositions(at, mark) > 0);
}
