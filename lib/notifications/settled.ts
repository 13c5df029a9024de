import type { AskSettled } from "./asks.ts";
import type { Notification, NotificationData } from "./types.ts";

/** What a notification has when what it asks for is settled: it is read, and quotes nothing that was taken back. */
export function settledNow(data: NotificationData, settled: AskSettled) {
  return {
    data: settled.outcome === "removed" ? withoutWords(data) : data,
    settled,
    unreadIn: null,
    unseenIn: null,
    snoozedUntil: null,
  } as Pick<Notification, "data" | "settled" | "unreadIn" | "unseenIn">;
}

/** The words of a message out of what quotes it. */
export function withoutWords<T extends NotificationData>(data: T): T {
  return "excerpt" in data ? { ...data, excerpt: "" } : data;
}

/** Others of its group are still to be read. */
export function isOneOfSeveral(data: NotificationData): boolean {
  return "messageId" in data && "count" in data && (data.count ?? 1) > 1;
}
