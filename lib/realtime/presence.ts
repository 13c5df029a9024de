import { SECOND } from "../clock.ts";
import type { Member } from "./presence_events.ts";
import {
  type Held,
  PresenceRows,
  type PresenceRowsOptions,
} from "./presence_rows.ts";
import type { Position } from "./position.ts";

export type { Member, PresenceChange } from "./presence_events.ts";
export { watchChannel } from "./presence_events.ts";

export interface PresenceOptions extends PresenceRowsOptions {
  /** Milliseconds within which a member may come back unseen; default `LEAVE_GRACE`. */
  grace?: number;
}

/** A member who comes back within this time has not left: nobody sees a leave and a join. */
export const LEAVE_GRACE = 3 * SECOND;

/** Who is in which presence channel, over all isolates: a member by user id, however many tabs and devices. */
export class Presence {
  readonly #rows: PresenceRows;
  readonly #nodeId: () => string;
  readonly #grace: number;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Leaves that the store could not take yet. */
  readonly #owed = new Map<string, Held>();
  readonly #leaving = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: PresenceOptions) {
    this.#rows = new PresenceRows(options);
    this.#nodeId = options.nodeId;
    this.#grace = options.grace ?? LEAVE_GRACE;
  }

  /**
   * Joining twice with the same connection is joining once.
   *
   * @throws {NexoraError} `too_large` when the channel has its 100 members; whatever is thrown, `leave` undoes it
   */
  async join(
    channel: string,
    member: Member,
    connection: string,
  ): Promise<void> {
    const { user_id: userId } = member;
    this.#owed.delete(keyOf({ channel, userId, connection }));
    await this.#rows.add(channel, member, connection);
  }

  /** Takes a connection away; the member leaves a little later if no other comes. Never throws. */
  leave(channel: string, userId: string, connection: string): Promise<void> {
    const leaving = this.#leave({ channel, userId, connection }).finally(() =>
      this.#leaving.delete(leaving)
    );
    this.#leaving.add(leaving);
    return leaving;
  }

  /** Tries again what the store could not take; called with every heartbeat. */
  async settle(): Promise<void> {
    for (const [key, owed] of [...this.#owed]) {
      this.#owed.delete(key);
      await this.leave(owed.channel, owed.userId, owed.connection);
    }
  }

  /** The members, in order of user id; with `asOf` only those of whom the log had told up to there. */
  members(channel: string, asOf?: Position): Promise<Member[]> {
    return this.#rows.members(channel, asOf);
  }

  isMember(channel: string, userId: string): Promise<boolean> {
    return this.#rows.isMember(channel, userId);
  }

  /** Takes away what a dead node held. */
  async sweep(nodeId: string): Promise<void> {
    for await (const held of this.#rows.at(nodeId)) {
      if (await this.#rows.drop(held, nodeId)) {
        await this.#rows.remove(held.channel, held.userId, nodeId);
      }
    }
  }

  /** Resolves once no leave is under way. What is within its grace is left to the sweep of this node. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#leaving);
  }

  async #leave(leave: Held): Promise<void> {
    const node = this.#nodeId();
    try {
      if (!await this.#rows.drop(leave, node) || this.#stopped) return;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        const removing = this.#rows.remove(leave.channel, leave.userId, node)
          .then(() => {}, () => this.#owe(leave))
          .finally(() => this.#leaving.delete(removing));
        this.#leaving.add(removing);
      }, this.#grace);
      this.#timers.add(timer);
    } catch {
      this.#owe(leave);
    }
  }

  #owe(leave: Held): void {
    this.#owed.set(keyOf(leave), leave);
  }
}

function keyOf({ channel, userId, connection }: Held): string {
  return JSON.stringify([channel, userId, connection]);
}
