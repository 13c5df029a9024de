import { signal } from "@preact/signals";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";

/** What stands beside the conversation. */
export type Panel =
  | { kind: "thread"; id: string }
  | { kind: "pins" }
  | { kind: "scheduled" }
  | { kind: "reports" }
  | { kind: "audit" }
  | { kind: "settings" };

/** What is asked in front of it. */
export type Question =
  | {
    kind: "delete" | "report" | "history" | "readers" | "forward";
    item: ChatItem;
  }
  | { kind: "mute" | "block"; userId: string; name: string }
  | { kind: "schedule"; content: string }
  /** Of the room itself. */
  | { kind: "notices" | "star" | "date" };

/** Shared by the islands of a page: the buttons in the bar open what the conversation shows. */
export const panel = signal<Panel | null>(null);
export const question = signal<Question | null>(null);
/** Grows with each message that was scheduled: then the composer's text is done with. */
export const scheduled = signal(0);
/** Seconds until slow mode takes the reader's next message, in the room or in a thread; 0: at once. */
export const slowLeft = signal(0);
