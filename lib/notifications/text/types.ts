import type { NotificationData, NotificationType } from "../types.ts";

/** Writes numbers and times the reader's way. */
export interface Formats {
  number(value: number): string;
  /** Milliseconds → day and time in the reader's time zone. */
  date(at: number): string;
}

/** Title and body of every type in one language. */
export type Texts = {
  [T in NotificationType]: {
    title: (data: NotificationData<T>, formats: Formats) => string;
    body: (data: NotificationData<T>, formats: Formats) => string;
  };
};
