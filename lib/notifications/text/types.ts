import type { Outcome } from "../outcomes.ts";
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

export type ActionName =
  | "accept"
  | "decline"
  | "review"
  | "vote"
  | "answer"
  | "reply"
  | "look";

/** What is around the notifications, in one language. */
export interface Words {
  actions: Record<ActionName, string>;
  /** What became of what was asked: when the reader did it, and else. */
  outcomes: Record<Outcome, { you: string; other: string }>;
  /** Who has no name any more. */
  deletedAccount: string;
  mail: {
    open: string;
    /** Subject of a digest. */
    digest: (count: string) => string;
    digestLead: (name: string) => string;
    /** Below every e-mail. */
    why: string;
    settings: string;
    unsubscribe: string;
  };
  push: {
    /** Title of the one push for several. */
    waiting: (count: string) => string;
    waitingBody: string;
  };
}
