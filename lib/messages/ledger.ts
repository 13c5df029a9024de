import { createHash } from "node:crypto";
import { keys, type Mutation, set } from "../kv/mod.ts";
import type { Message } from "./types.ts";

/** What is always known of a room. A kept row: see `Append.kept`. */
export interface RoomHead {
  /** Messages of the room's own list, tombstones included, replies not. */
  count: number;
  /** Entries of the ledger. */
  entries: number;
  /** Hash of the last entry: it stands for everything before it. */
  hash: string;
  /** The newest message of the room's own list. */
  last: {
    id: string;
    order: string;
    authorId: string;
    excerpt: string;
    at: number;
  } | null;
  /** Order of the last entry: what the counts take into account. */
  upTo: string;
  /** Milliseconds at which the search index was last asked to follow. */
  indexAt: number;
}

/** What is known of somebody's messages in a room. A kept row. */
export interface AuthorHead {
  /** Messages of the room's own list. */
  count: number;
  /** Milliseconds of the last message, replies included. */
  lastAt: number;
}

export const EMPTY_ROOM: RoomHead = {
  count: 0,
  entries: 0,
  hash: "",
  last: null,
  upTo: "",
  indexAt: 0,
};
export const EMPTY_AUTHOR: AuthorHead = { count: 0, lastAt: 0 };

/** One thing that was done to the words of a room. Never changed, never deleted. */
export interface LedgerEntry {
  /** 1 for the first. */
  n: number;
  kind: "new" | "edit" | "delete";
  messageId: string;
  parentId: string | null;
  /** Who did it. */
  byId: string;
  /** Milliseconds. */
  at: number;
  /** `orderKey` of its event. */
  order: string;
  /** Messages of the room's own list up to here. */
  count: number;
  /** `digestOf` the message after it. */
  digest: string;
  /** Hash of this entry and of the hash before it. */
  hash: string;
}

const sha256 = (text: string) =>
  createHash("sha256").update(text).digest("hex");

/** SHA-256 of what a message says: text, quote, files. */
export function digestOf(
  { content, quote, attachments }: Pick<
    Message,
    "content" | "quote" | "attachments"
  >,
): string {
  return sha256(JSON.stringify([content, quote, attachments]));
}

/** The hash of an entry: SHA-256 of the one before and of everything that the entry says, as a JSON array. */
export function chainHash(
  before: string,
  entry: Omit<LedgerEntry, "hash">,
): string {
  const { n, kind, messageId, parentId, byId, at, order, count, digest } =
    entry;
  return sha256(
    JSON.stringify([
      before,
      n,
      kind,
      messageId,
      parentId,
      byId,
      at,
      order,
      count,
      digest,
    ]),
  );
}

/** Adds an entry to a room's ledger. */
export function enterLedger(
  channel: string,
  head: RoomHead,
  entry: Omit<LedgerEntry, "n" | "hash" | "count">,
  count = head.count,
): { head: RoomHead; entry: LedgerEntry; row: Mutation } {
  const numbered = { ...entry, n: head.entries + 1, count };
  const hash = chainHash(head.hash, numbered);
  const entered: LedgerEntry = { ...numbered, hash };
  return {
    head: { ...head, count, entries: entered.n, hash, upTo: entry.order },
    entry: entered,
    row: set(keys.ledgerEntry(channel, entered.n), entered),
  };
}
