/** What was begun and not sent, a draft a channel and user, kept in this browser. */
export interface Drafts {
  read(): string;
  write(text: string): void;
}

/** `storage` null where the browser forbids it (then nothing is kept and nothing breaks). */
export function draftsOf(
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null,
  userId: string,
  channel: string,
): Drafts {
  const key = `nexora.draft.${userId}.${channel}`;
  return {
    read: () => attempt(() => storage?.getItem(key)) ?? "",
    write: (text) => {
      attempt(() =>
        text.trim() === ""
          ? storage?.removeItem(key)
          : storage?.setItem(key, text)
      );
    },
  };
}

/** The browser's storage, if it gives any. */
export function localStore(): Storage | null {
  return attempt(() => globalThis.localStorage) ?? null;
}

// Reading `localStorage` throws where site data is blocked, writing throws when it is full.
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
