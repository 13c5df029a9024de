import { DAY } from "../../clock.ts";
import { keys, type Mutation, set } from "../../kv/mod.ts";
import {
  EMPTY_INBOX,
  type Inbox,
  type Notice,
  type Notification,
  notificationRows,
} from "../../notifications/mod.ts";
import type { Asked } from "../asked.ts";
import type { People } from "./people.ts";
import { type CrowdPlan, idOf, randomOf } from "./plan.ts";

/** Older news are not worth telling any more, in milliseconds. */
const TOLD = 21 * DAY;

/** Writes notifications as they happen and keeps only the counts. */
export class Inboxes {
  readonly #plan: CrowdPlan;
  readonly #people: People;
  readonly #all: Uint16Array;
  readonly #unread: Uint16Array;

  constructor(plan: CrowdPlan, people: People) {
    this.#plan = plan;
    this.#people = people;
    this.#all = new Uint16Array(plan.users);
    this.#unread = new Uint16Array(plan.users);
  }

  /** Tells somebody; nothing when it is too long ago. */
  tell(
    n: number,
    at: number,
    notice: Notice,
    { ask, settled }: Asked = {},
  ): Mutation[] {
    const { today } = this.#plan;
    if (at < today - TOLD || at >= today) return [];
    const { user } = this.#people.at(n);
    const random = randomOf(this.#plan, "told", n, at, notice.type);
    // What came since they were here last is unread; of the rest nearly everything has been read.
    const fresh = at > user.lastActiveAt - 4 * 3_600_000 || random() < 0.06;
    const over = settled !== undefined && settled.at < today;
    const unread = fresh && !over;
    const archived = !unread && random() < 0.15;
    this.#all[n]!++;
    if (unread) this.#unread[n]!++;
    const notification = {
      ...notice,
      ...ask === undefined ? {} : { ask },
      ...over ? { settled } : {},
      id: idOf(this.#plan, at, "note", n, this.#all[n]!),
      userId: user.id,
      createdAt: at,
      unreadIn: unread ? EMPTY_INBOX.generation : null,
      unseenIn: unread ? EMPTY_INBOX.seenGeneration : null,
      archivedAt: archived ? Math.min(today - 1, at + DAY / 2) : null,
    } as Notification;
    return notificationRows(notification, EMPTY_INBOX);
  }

  /** The row of counts; none for who was told nothing. */
  end(n: number): Mutation[] {
    if (this.#all[n] === 0) return [];
    const inbox: Inbox = {
      ...EMPTY_INBOX,
      revision: this.#all[n]!,
      unread: this.#unread[n]!,
      unseen: this.#unread[n]!,
    };
    return [set(keys.inbox(this.#people.at(n).user.id), inbox)];
  }
}
