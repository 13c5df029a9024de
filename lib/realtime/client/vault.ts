import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Vault } from "./vault_port.ts";

/** What one tab has kept of one user. */
interface Kept {
  tab: string;
  userId: string;
  items: unknown[];
}

interface Schema extends DBSchema {
  outbox: { key: [userId: string, tab: string]; value: Kept };
}

const NAME = "nexora";

/** While a tab lives it holds the lock of this name: what it has kept is its own. */
const lockOf = (tab: string) => `nexora:tab:${tab}`;

/**
 * Opens the database, and marks this tab as alive.
 *
 * @param mark told whether anything is in it
 */
export async function openVault(
  mark: (held: boolean) => void,
): Promise<Vault> {
  const db = await openDB<Schema>(NAME, 1, {
    upgrade: (db) => {
      db.createObjectStore("outbox", { keyPath: ["userId", "tab"] });
    },
    // A newer version of this page waits in another tab.
    blocking: () => db.close(),
  });
  const tab = crypto.getRandomValues(new Uint32Array(4)).join("-");
  await live(tab);
  const look = async () => mark(await db.count("outbox") > 0);
  return {
    async keep(userId, items) {
      const tx = db.transaction("outbox", "readwrite");
      void (items.length === 0
        ? tx.store.delete([userId, tab])
        : tx.store.put({ userId, tab, items: [...items] }));
      // Without waiting for an answer: the tab may be gone before it comes.
      tx.commit();
      await tx.done;
      await look();
    },
    async adopt(userId) {
      const items = await adopt(db, userId, tab);
      await look();
      return items;
    },
  };
}

/** Holds the tab's lock until the browser takes it away with the tab. */
function live(tab: string): Promise<void> {
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve();
    void navigator.locks.request(lockOf(tab), () => {
      resolve();
      return new Promise<never>(() => {});
    });
  });
}

async function adopt(
  db: IDBPDatabase<Schema>,
  userId: string,
  self: string,
): Promise<unknown[]> {
  const range = IDBKeyRange.bound([userId, ""], [userId, "\uffff"]);
  const found: unknown[] = [];
  for (const { tab } of await db.getAll("outbox", range)) {
    if (tab === self) continue;
    await whenDead(tab, async () => {
      // Read again: another tab may have been quicker.
      const tx = db.transaction("outbox", "readwrite");
      const kept = await tx.store.get([userId, tab]);
      await tx.store.delete([userId, tab]);
      await tx.done;
      found.push(...kept?.items ?? []);
    });
  }
  return found;
}

/** Runs `take` if no tab holds the lock. Without locks (no secure context) every other tab counts as gone. */
async function whenDead(tab: string, take: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return await take();
  await navigator.locks.request(
    lockOf(tab),
    { ifAvailable: true },
    (lock) => lock ? take() : undefined,
  );
}
