import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Attachment } from "../../messages/types.ts";

/** Bytes of one file; the server's own limit. */
export const FILE_LIMIT = 25_000_000;
/** Files of one message. */
export const MOST_FILES = 10;

/** A file on its way to the server, or there. */
export interface UploadItem {
  key: string;
  file: File;
  /** Address of a picture's preview. */
  preview: string | null;
  /** 0–1. */
  progress: number;
  state: "uploading" | "done" | "failed";
  /** Why it failed. */
  error?: string;
  attachment?: Attachment;
}

export interface UploadTexts {
  tooLarge: string;
  tooMany: string;
  offline: string;
}

/** The files of one composer: sent to the server as they are chosen, so that sending the message is quick. */
export class Uploads {
  readonly #items = signal<UploadItem[]>([]);
  readonly #requests = new Map<string, XMLHttpRequest>();
  readonly #channel: string;
  readonly #texts: () => UploadTexts;
  #next = 0;

  constructor(channel: string, texts: () => UploadTexts) {
    this.#channel = channel;
    this.#texts = texts;
  }

  get items(): ReadonlySignal<readonly UploadItem[]> {
    return this.#items;
  }

  /** Whether something is still on its way. */
  readonly busy: ReadonlySignal<boolean> = computed(() =>
    this.#items.value.some(({ state }) => state === "uploading")
  );
  /** What the next message would bring. */
  readonly ready: ReadonlySignal<Attachment[]> = computed(() =>
    this.#items.value.flatMap(({ attachment }) => attachment ?? [])
  );

  add(files: Iterable<File>): void {
    for (const file of files) {
      const error = this.#items.peek().length >= MOST_FILES
        ? this.#texts().tooMany
        : file.size > FILE_LIMIT
        ? this.#texts().tooLarge
        : undefined;
      const item: UploadItem = {
        key: String(this.#next++),
        file,
        preview: file.type.startsWith("image/")
          ? URL.createObjectURL(file)
          : null,
        progress: 0,
        state: error ? "failed" : "uploading",
        error,
      };
      this.#items.value = [...this.#items.peek(), item];
      if (!error) this.#send(item);
    }
  }

  retry(key: string): void {
    const item = this.#items.peek().find((one) => one.key === key);
    if (!item || item.file.size > FILE_LIMIT) return;
    this.#change(key, { state: "uploading", error: undefined, progress: 0 });
    this.#send(item);
  }

  /** Takes a file out, also while it is on its way. */
  remove(key: string): void {
    const item = this.#items.peek().find((one) => one.key === key);
    if (!item) return;
    this.#requests.get(key)?.abort();
    this.#forget([item]);
    if (item.attachment) {
      void fetch(`${this.#path}/${item.attachment.id}`, { method: "DELETE" })
        .catch(() => {});
    }
  }

  /** Hands out what is there for a message, and begins anew. */
  take(): Attachment[] {
    const done = this.#items.peek().filter(({ attachment }) => attachment);
    this.#forget(done);
    return done.map(({ attachment }) => attachment!);
  }

  get #path(): string {
    return `/api/channels/${encodeURIComponent(this.#channel)}/uploads`;
  }

  #send({ key, file }: UploadItem): void {
    // `fetch` does not tell how far an upload has come.
    const request = new XMLHttpRequest();
    this.#requests.set(key, request);
    request.open(
      "POST",
      `${this.#path}?name=${encodeURIComponent(file.name || "file")}`,
    );
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) =>
      this.#change(key, { progress: total ? loaded / total : 0 });
    request.onload = () => {
      const answer = request.response as
        | { attachment?: Attachment; detail?: string; title?: string }
        | null;
      if (request.status === 201 && answer?.attachment) {
        const { attachment } = answer;
        this.#change(key, { state: "done", progress: 1, attachment });
      } else {
        const error = answer?.detail ?? answer?.title ?? request.statusText;
        this.#change(key, { state: "failed", error });
      }
    };
    request.onerror = () =>
      this.#change(key, { state: "failed", error: this.#texts().offline });
    request.onloadend = () => this.#requests.delete(key);
    request.send(file);
  }

  #change(key: string, change: Partial<UploadItem>): void {
    this.#items.value = this.#items.peek().map((item) =>
      item.key === key ? { ...item, ...change } : item
    );
  }

  #forget(gone: UploadItem[]): void {
    for (const { preview } of gone) if (preview) URL.revokeObjectURL(preview);
    this.#items.value = this.#items.peek().filter((item) =>
      !gone.includes(item)
    );
  }
}
