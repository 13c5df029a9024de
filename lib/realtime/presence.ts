import { SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import {
  absent,
  commit,
  del,
  keys,
  type Mutation,
  nullIfOvertaken,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import { inTurn } from "../kv/turns.ts";
import type { EventLog } from "./log/types.ts";
import {
  isWatch,
  type Member,
  type PresenceChange,
  presenceEvent,
} from "./presence_events.ts";
import { comparePositions, type Position } from "./position.ts";

export type { Member, PresenceChange } from "./presence_events.ts";
export { watchChannel } from "./presence_events.ts";

/** The row of a member: there exactly while others have been told of the member. */
interface MemberRow {
  info: unknown;
  /** Node → connections that it holds. Counts, since a value holds 64 KiB and a user any number of tabs. */
  conns: Record<string, number>;
  /** Where the log told of the member. */
  position: Position;
}

/** A connection of a member that leaves. */
interface Leave {
  channel: string;
  userId: string;
  connection: string;
}

export interface PresenceOptions {
  kv: Deno.Kv;
  log: EventLog;
  nodeId: () => string;
  maxMembers: number;
  /** Milliseconds within which a member may come back unseen; default `LEAVE_GRACE`. */
  grace?: number;
  /** Rows to write with a first join or a last leave (webhook jobs). */
  onChange?: (
    change: PresenceChange,
  ) => { mutations: Mutation[]; committed: () => void };
}

/** A member who comes back within this time has not left: nobody sees a leave and a join. */
export const LEAVE_GRACE = 3 * SECOND;

const isEmpty = (row: MemberRow) => Object.keys(row.conns).length === 0;

/**
 * Who is in which presence channel, over all isolates: a member by user id, however many tabs and devices. The first
 * connection and the last one commit an event in the same atomic as the row.
 */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #timers = new Map<ReturnType<typeof setTimeout>, Leave>();
  /** Leaves that the store could not take yet. */
  readonly #owed = new Map<string, Leave>();
  readonly #leaving = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: PresenceOptions) {
    this.#options = options;
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
    const { kv } = this.#options;
    const userId = member.user_id;
    const node = this.#options.nodeId();
    const key = keys.presence(channel, userId);
    const heldKey = keys.presenceAtNode(node, channel, userId, connection);
    this.#owed.delete(leaveKey({ channel, userId, connection }));
    await this.#memberTurn(channel, userId, () =>
      retryConflicts(async () => {
        const entry = await kv.get<MemberRow>(key);
        const held = await kv.get<number>(heldKey);
        if (!entry.value) return await this.#first(channel, member, held);
        if (held.value === 1) return true;
        const conns = { ...entry.value.conns };
        conns[node] = (conns[node] ?? 0) + 1;
        return await commit(kv, {
          checks: [unchanged(entry), unchanged(held)],
          mutations: [set(key, { ...entry.value, conns }), set(heldKey, 1)],
        }) || null;
      }));
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
  async members(channel: string, asOf?: Position): Promise<Member[]> {
    const members: Member[] = [];
    const rows = this.#options.kv.list<MemberRow>({
      prefix: keys.presenceOf(channel),
    });
    for await (const { key, value } of rows) {
      if (asOf && comparePositions(value.position, asOf) > 0) continue;
      members.push({ user_id: String(key.at(-1)), user_info: value.info });
    }
    return members;
  }

  async isMember(channel: string, userId: string): Promise<boolean> {
    return (await this.#options.kv.get(keys.presence(channel, userId)))
      .value !== null;
  }

  /** Takes away what a dead node held. */
  async sweep(nodeId: string): Promise<void> {
    const rows = this.#options.kv.list({
      prefix: keys.presencesAtNode(nodeId),
    });
    for await (const { key } of rows) {
      const [channel, userId, connection] = key.slice(3).map(String) as [
        string,
        string,
        string,
      ];
      if (await this.#drop({ channel, userId, connection }, nodeId)) {
        await this.#remove(channel, userId, nodeId);
      }
    }
  }

  /** Resolves once no leave is under way. What is within its grace is left to the sweep of this node. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.keys()) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#leaving);
  }

  async #first(
    channel: string,
    member: Member,
    held: Deno.KvEntryMaybe<number>,
  ): Promise<true | null> {
    const { kv, log, maxMembers } = this.#options;
    const node = this.#options.nodeId();
    const key = keys.presence(channel, member.user_id);
    const change = this.#change("member_added", channel, member.user_id);
    const told = await this.#countTurn(channel, async () => {
      const count = await kv.get<number>(keys.presenceCount(channel));
      const n = count.value ?? 0;
      if (!isWatch(channel) && n >= maxMembers) {
        throw new NexoraError(
          "too_large",
          `A presence channel holds at most ${maxMembers} members`,
        );
      }
      return await nullIfOvertaken(log.append({
        events: [{
          ...presenceEvent("member_added", channel, member),
          except: String(held.key.at(-1)),
        }],
        checks: [absent(key), unchanged(count), unchanged(held)],
        mutations: ([position]) => [
          set(key, {
            info: member.user_info ?? null,
            conns: { [node]: 1 },
            position: position!,
          }),
          set(held.key, 1),
          set(count.key, n + 1),
          ...change.mutations,
        ],
      }));
    });
    if (!told) return null;
    change.committed();
    return true;
  }

  async #leave(leave: Leave): Promise<void> {
    const { channel, userId } = leave;
    const node = this.#options.nodeId();
    try {
      if (!await this.#drop(leave, node) || this.#stopped) return;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        const removing = this.#remove(channel, userId, node)
          .then(() => {}, () => this.#owe(leave))
          .finally(() => this.#leaving.delete(removing));
        this.#leaving.add(removing);
      }, this.#options.grace ?? LEAVE_GRACE);
      this.#timers.set(timer, leave);
    } catch {
      this.#owe(leave);
    }
  }

  #owe(leave: Leave): void {
    this.#owed.set(leaveKey(leave), leave);
  }

  /** Returns whether the member has no connection left. */
  #drop(
    { channel, userId, connection }: Leave,
    node: string,
  ): Promise<boolean> {
    const { kv } = this.#options;
    const key = keys.presence(channel, userId);
    const heldKey = keys.presenceAtNode(node, channel, userId, connection);
    return this.#memberTurn(channel, userId, () =>
      retryConflicts(async () => {
        const entry = await kv.get<MemberRow>(key);
        const held = await kv.get<number>(heldKey);
        if (!entry.value) {
          if (held.value !== null) {
            await commit(kv, {
              checks: [unchanged(held)],
              mutations: [del(heldKey)],
            });
          }
          return false;
        }
        if (held.value !== 1) return held.value === 0 && isEmpty(entry.value);
        const conns = { ...entry.value.conns };
        const left = (conns[node] ?? 1) - 1;
        if (left > 0) conns[node] = left;
        else delete conns[node];
        const row = { ...entry.value, conns };
        // The last row stays until the leave is told: if this isolate dies before, its sweep tells it.
        const mutations = [
          set(key, row),
          isEmpty(row) ? set(heldKey, 0) : del(heldKey),
        ];
        const checks = [unchanged(entry), unchanged(held)];
        return await commit(kv, { checks, mutations }) ? isEmpty(row) : null;
      }));
  }

  /** Tells that a member has left, unless a connection has come meanwhile. */
  #remove(channel: string, userId: string, node: string): Promise<boolean> {
    const { kv, log } = this.#options;
    const key = keys.presence(channel, userId);
    return this.#memberTurn(channel, userId, () =>
      retryConflicts(async () => {
        const entry = await kv.get<MemberRow>(key);
        const left: Mutation[] = [];
        const prefix = keys.presenceAtNode(node, channel, userId, "")
          .slice(0, -1);
        for await (const row of kv.list<number>({ prefix })) {
          if (!entry.value || row.value === 0) left.push(del(row.key));
        }
        const checks = [unchanged(entry)];
        if (!entry.value || !isEmpty(entry.value)) {
          if (left.length === 0) return false;
          return await commit(kv, { checks, mutations: left }) ? false : null;
        }
        const change = this.#change("member_removed", channel, userId);
        const told = await this.#countTurn(channel, async () => {
          const count = await kv.get<number>(keys.presenceCount(channel));
          const n = (count.value ?? 1) - 1;
          return await nullIfOvertaken(log.append({
            events: [
              presenceEvent("member_removed", channel, { user_id: userId }),
            ],
            checks: [...checks, unchanged(count)],
            mutations: [
              del(key),
              n > 0 ? set(count.key, n) : del(count.key),
              ...left,
              ...change.mutations,
            ],
          }));
        });
        if (!told) return null;
        change.committed();
        return true;
      }));
  }

  /** Tabs of one user that come or go at once would otherwise overtake each other at the member's row. */
  #memberTurn<T>(
    channel: string,
    userId: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const node = this.#options.nodeId();
    return inTurn(JSON.stringify(["member", node, channel, userId]), work);
  }

  /** As the above, for different users at the channel's count. Taken within a member's turn, never around one. */
  #countTurn<T>(channel: string, work: () => Promise<T>): Promise<T> {
    const node = this.#options.nodeId();
    return inTurn(JSON.stringify(["count", node, channel]), work);
  }

  #change(name: PresenceChange["name"], channel: string, userId: string) {
    const none = { mutations: [], committed: () => {} };
    if (isWatch(channel)) return none;
    return this.#options.onChange?.({ name, channel, userId }) ?? none;
  }
}

function leaveKey({ channel, userId, connection }: Leave): string {
  return JSON.stringify([channel, userId, connection]);
}
