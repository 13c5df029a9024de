/** What was written and not sent, kept by the browser rather than by the tab. */
export interface Vault {
  /** Keeps `items` as all that this tab has of that user. */
  keep(userId: string, items: readonly unknown[]): Promise<void>;
  /** Hands over what tabs have kept that are no more, and lets it go. */
  adopt(userId: string): Promise<unknown[]>;
}

export interface VaultPort {
  /** Whether there can be anything to adopt: answered without opening it. */
  mayHold(): boolean;
  open(): Promise<Vault>;
}

/** Set while there is something in the vault, so that most pages never load the code of it. */
const HELD = "nexora:vault";

/** The browser's own; `null` where it has no database. */
export function browserVault(): VaultPort | null {
  if (typeof indexedDB === "undefined") return null;
  const mark = (held: boolean) => {
    try {
      if (held) localStorage.setItem(HELD, "1");
      else localStorage.removeItem(HELD);
    } catch {
      // Then it is looked into each time.
    }
  };
  let open: Promise<Vault> | undefined;
  return {
    mayHold() {
      try {
        return localStorage.getItem(HELD) !== null;
      } catch {
        return true;
      }
    },
    open() {
      open ??= import("./vault.ts").then(({ openVault }) => openVault(mark));
      // Not for ever: the next time it may work.
      open.catch(() => open = undefined);
      return open;
    },
  };
}
