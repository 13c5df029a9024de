import { type Clock, SECOND } from "../clock.ts";
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
import type { EventLog, NewEvent } from "./log/types.ts";

/** A member of a presence channel, as its subscription says. */
export interface Member {
  user_id: string;
  user_info?: unknown;
}

/** The row of a member: there exactly while others have been told of the member. */
interface MemberRow {
  info: unknown;
  /** Connection → node that holds it. */
  conns: Record<string, string>;
}

export interface PresenceOptions {
  kv: Deno.Kv;
  now: Clock;
  log: EventLog;
  nodeId: () => string;
  maxMembers: number;
  /** Rows to write with a first join or a last leave (webhook jobs). */
  onChange?: (
    change: PresenceChange,
  ) => { mutations: Mutation[]; committed: () => void };
}

export interface PresenceChange {
  name: "member_added" | "member_removed";
  channel: string;
  userId: string;
}

/** A member who comes back within this time has not left: nobody sees a leave and a join. */
export const LEAVE_GRACE = 3 * SECOND;

const WATCH = "#watch-";

/** The internal channel on which a user's going online and offline is told. */
export const watchChannel = (userId: string) => WATCH + userId;

/**
 * Who is in which presence channel, over all isolates: a member by user id, however many tabs and devices. The first
 * connection and the last one commit an event in the same atomic as the row.
 */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  /**
   * @throws {NexoraError} `too_large` when the channel has its 100 members
   */
  async join(
    channel: string,
    member: Member,
    connection: string,
  ): Promise<void> {
    const { kv, log, maxMembers } = this.#options;
    const node = this.#options.nodeId();
    const key = keys.presence(channel, member.user_id);
    const held = set(
      keys.presenceAtNode(node, channel, member.user_id, connection),
      1,
    );
    await retryConflicts(async () => {
      const entry = await kv.get<MemberRow>(key);
      if (entry.value) {
        const row: MemberRow = {
          ...entry.value,
          conns: { ...entry.value.conns, [connection]: node },
        };
        return await commit(kv, {
          checks: [unchanged(entry)],
          mutations: [set(key, row), held],
        }) || null;
      }
      if (
        !channel.startsWith(WATCH) && await this.#isFull(channel, maxMembers)
      ) {
        throw new NexoraError(
          "too_large",
          `A presence channel holds at most ${maxMembers} members`,
        );
      }
      const row: MemberRow = {
        info: member.user_info ?? null,
        conns: { [connection]: node },
      };
      const change = this.#change("member_added", channel, member.user_id);
      const told = await nullIfOvertaken(log.append({
        events: [{
          ...this.#event("member_added", channel, member),
          except: connection,
        }],
        checks: [absent(key)],
        mutations: [set(key, row), held, ...change.mutations],
      }));
      if (!told) return null;
      change.committed();
      return true;
    });
  }

  /** Takes a connection away; the member leaves a little later if no other comes. */
  async leave(
    channel: string,
    userId: string,
    connection: string,
  ): Promise<void> {
    if (
      await this.#drop(channel, userId, [connection], this.#options.nodeId())
    ) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        // If the store is away now, the sweep of this node's rows ends it later.
        void this.#remove(channel, userId).catch(() => {});
      }, LEAVE_GRACE);
      this.#timers.add(timer);
    }
  }

  /** The members, in order of user id. */
  async members(channel: string): Promise<Member[]> {
    const members: Member[] = [];
    for await (
      const { key, value } of this.#options.kv.list<MemberRow>({
        prefix: keys.presenceOf(channel),
      })
    ) {
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
    const { kv } = this.#options;
    for await (
      const { key } of kv.list({ prefix: keys.presencesAtNode(nodeId) })
    ) {
      const [channel, userId, connection] = key.slice(3).map(String) as [
        string,
        string,
        string,
      ];
      if (await this.#drop(channel, userId, [connection], nodeId)) {
        await this.#remove(channel, userId);
      }
      await kv.delete(key);
    }
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Returns whether the member has no connection left. */
  #drop(
    channel: string,
    userId: string,
    connections: string[],
    node: string,
  ): Promise<boolean> {
    const { kv } = this.#options;
    const key = keys.presence(channel, userId);
    return retryConflicts(async () => {
      const entry = await kv.get<MemberRow>(key);
      const freed = connections.map((c) =>
        del(keys.presenceAtNode(node, channel, userId, c))
      );
      if (!entry.value) {
        await commit(kv, { mutations: freed });
        return false;
      }
      const conns = { ...entry.value.conns };
      for (const connection of connections) delete conns[connection];
      const last = Object.keys(conns).length === 0;
      // The rows at the node stay until the leave is told: if this isolate dies before, its sweep tells it.
      const mutations = [
        set(key, { ...entry.value, conns }),
        ...(last ? [] : freed),
      ];
      return await commit(kv, { checks: [unchanged(entry)], mutations })
        ? last
        : null;
    });
  }

  /** Tells that a member has left, unless a connection has come meanwhile. */
  #remove(channel: string, userId: string): Promise<boolean> {
    const { kv, log } = this.#options;
    const key = keys.presence(channel, userId);
    return retryConflicts(async () => {
      const entry = await kv.get<MemberRow>(key);
      const held: Mutation[] = [];
      const node = this.#options.nodeId();
      const prefix = keys.presenceAtNode(node, channel, userId, "").slice(
        0,
        -1,
      );
      for await (const row of kv.list({ prefix })) {
        if (!entry.value || !(String(row.key.at(-1)) in entry.value.conns)) {
          held.push(del(row.key));
        }
      }
      if (!entry.value || Object.keys(entry.value.conns).length > 0) {
        if (held.length > 0) await commit(kv, { mutations: held });
        return false;
      }
      const change = this.#change("member_removed", channel, userId);
      const told = await nullIfOvertaken(log.append({
        events: [this.#event("member_removed", channel, { user_id: userId })],
        checks: [unchanged(entry)],
        mutations: [del(key), ...held, ...change.mutations],
      }));
      if (!told) return null;
      change.committed();
      return true;
    });
  }

  async #isFull(channel: string, max: number): Promise<boolean> {
    let count = 0;
    for await (
      const _ of this.#options.kv.list({ prefix: keys.presenceOf(channel) }, {
        limit: max,
      })
    ) count++;
    return count >= max;
  }

  #event(
    name: PresenceChange["name"],
    channel: string,
    member: Member,
  ): NewEvent {
    if (channel.startsWith(WATCH)) {
      const events = [{
        name: name === "member_added" ? "online" : "offline",
        user_ids: [member.user_id],
      }];
      return {
        channel,
        event: "pusher_internal:watchlist_events",
        data: { events },
      };
    }
    const data = name === "member_added" ? member : { user_id: member.user_id };
    return { channel, event: `pusher_internal:${name}`, data };
  }

  #change(name: PresenceChange["name"], channel: string, userId: string) {
    const none = { mutations: [], committed: () => {} };
    if (channel.startsWith(WATCH)) return none;
    return this.#options.onChange?.({ name, channel, userId }) ?? none;
  }
}
