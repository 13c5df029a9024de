/** A message that will be sent later. Data of `message:scheduled`, on its author's own channel. */
export interface ScheduledMessage {
  id: string;
  channel: string;
  authorId: string;
  content: string;
  parentId: string | null;
  quote: { channel: string; id: string } | null;
  /** Milliseconds. */
  sendAt: number;
  createdAt: number;
  /** `sent` and `cancelled` are told and then forgotten; `failed` stays until it is cancelled or given a new time. */
  state: "waiting" | "sent" | "failed" | "cancelled";
  /** Why it could not be sent. */
  reason: string | null;
  /** Grows with each edit. */
  revision: number;
}
