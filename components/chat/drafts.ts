/** What was begun and not sent, a draft a channel and user, kept in this browser. */
export interface Drafts {
  read(): string;
  /** Milliseconds at which it was last written; 0 when it never was. */
  at(): number;
  write(text: string, at?: number): void;
}

/** `storage` null where the browser forbids it (then nothing is kept and nothing breaks). */
export function draftsOf(
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null,
  userId: string,
  channel: string,
): Drafts {
  const key = `nexora.draft.${userId}.${channel}`;
  const keyAt = `${key}.at`;
  return {
    read: () => attempt(() => storage?.getItem(key)) ?? "",
    at: () => Number(attempt(() => storage?.getItem(keyAt))) || 0,
    write: (text, at) => {
      attempt(() => {
        if (text.trim() === "") storage?.removeItem(key);
        else storage?.setItem(key, text);
        // Kept for an emptied draft too: what another device wrote before must not come back.
        if (at !== undefined) storage?.setItem(keyAt, String(at));
      });
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
