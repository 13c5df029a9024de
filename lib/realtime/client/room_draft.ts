import type { Draft } from "../../messages/reading/types.ts";
import { SECOND } from "../../clock.ts";
import { call } from "./api.ts";
import { isFields } from "./frames.ts";
import type { Page } from "./page.ts";

/** Milliseconds without a keystroke after which the other devices are told. */
const QUIET = SECOND;

export interface DraftOptions {
  channel: string;
  userId: string;
  /** The thread it is for; `null`: the room itself. */
  parentId: string | null;
  /** What this browser has. */
  local: {
    read(): string;
    at(): number;
    write(text: string, at: number): void;
  };
  /** Another device wrote something later. */
  onNewer: (text: string) => void;
}

/** An unsent text on all of somebody's devices: in this browser at once, elsewhere when the writer pauses. */
export class RoomDraft {
  readonly #options: DraftOptions;
  #page: Page | null = null;
  #cancel = () => {};
  #pending: { content: string; at: number } | null = null;

  constructor(options: DraftOptions) {
    this.#options = options;
  }

  start(page: Page): () => void {
    this.#page = page;
    const { userId } = this.#options;
    void this.#load(page);
    const leave = page.client.subscribe(`private-user-${userId}`, {
      onEvent: ({ event, data }) => {
        if (event === "room:draft") this.#learn(data);
      },
    });
    return () => {
      leave();
      this.#cancel();
      // What was typed last is told before the room is left.
      if (this.#pending) void this.#tell(this.#pending);
      this.#page = null;
    };
  }

  /** To be called with each change of the text. */
  write(content: string): void {
    const page = this.#page;
    const at = page?.env.now() ?? 0;
    this.#options.local.write(content, at);
    if (!page) return;
    this.#cancel();
    this.#pending = { content, at };
    // An emptied one was sent: nobody shall send it a second time from elsewhere.
    this.#cancel = page.env.after(
      content === "" ? 0 : QUIET,
      () => void this.#tell({ content, at }),
    );
  }

  get #path(): string {
    return `/api/channels/${encodeURIComponent(this.#options.channel)}/draft`;
  }

  async #tell(draft: { content: string; at: number }): Promise<void> {
    if (!this.#page) return;
    this.#pending = null;
    const { parentId } = this.#options;
    // Lost is lost: it is in this browser, and the next keystroke tells again.
    await call(this.#page.env, "PUT", this.#path, {
      ...draft,
      ...(parentId !== null && { parentId }),
    }).catch(() => {});
  }

  async #load({ env }: Page): Promise<void> {
    const { parentId } = this.#options;
    const query = parentId === null
      ? ""
      : `?${new URLSearchParams({ parentId })}`;
    const answer = await call(env, "GET", this.#path + query).catch(() => null);
    this.#learn(answer?.draft);
  }

  #learn(data: unknown): void {
    const { channel, parentId, local, onNewer } = this.#options;
    if (!isFields(data) || data.channel !== channel) return;
    const draft = data as unknown as Draft;
    if ((draft.parentId ?? null) !== parentId || draft.at <= local.at()) return;
    if (draft.content === local.read()) return;
    local.write(draft.content, draft.at);
    onNewer(draft.content);
  }
}
