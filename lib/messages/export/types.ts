import type { LedgerEntry } from "../ledger.ts";
import type { Attachment, Quote } from "../types.ts";

export const EXPORT_FORMAT = "nexora-room-export/1";

/** What stands before the entries of an export. */
export interface ExportHead {
  format: typeof EXPORT_FORMAT;
  room: { channel: string; kind: string; name: string };
  /** Milliseconds. */
  exportedAt: number;
  exportedBy: { id: string; handle: string; name: string };
  /** End of the chain: number of entries, and the hash that stands for all of them. */
  chain: { entries: number; hash: string };
}

/** What a message said after an entry; `null` where its words have been deleted. */
export interface Words {
  content: string;
  quote: Quote | null;
  attachments: Attachment[];
}

/** An entry of the ledger with who did it and what was said. */
export interface ExportEntry extends LedgerEntry {
  /** `epoch.seq.index`. */
  position: string;
  /** As the author was called when they wrote it. */
  author: { id: string; handle: string; name: string } | null;
  words: Words | null;
}

/** A whole export, as JSON. */
export interface RoomExport extends ExportHead {
  entries: ExportEntry[];
}
