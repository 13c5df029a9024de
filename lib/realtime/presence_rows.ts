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

/** The row of a member: there exactly while others have been told of the member. */
interface MemberRow {
  info: unknown;
  /** Node → connections that it holds. Counts, since a value holds 64 KiB and a user any number of tabs. */
  conns: Record<string, number>;
  /** Where the log told of the member. */
  position: Position;
}

/** A connection of a member in a channel. */
export interface Held {
  channel: string;
  userId: string;
  connection: string;
}

export interface PresenceRowsOptions {
  kv: Deno.Kv;
  log: EventLog;
  nodeId: () => string;
  maxMembers: number;
  /** Rows to write with a first join or a last leave (webhook jobs). */
  onChange?: (
    change: PresenceChange,
  ) => { mutations: Mutation[]; committed: () => void };
}

const isEmpty = (row: MemberRow) => Object.keys(row.conns).length === 0;

/**
 * The rows of members and of what each node holds of them. The first connection and the last one commit an event in the
 * same atomic as the row.
 */
export class PresenceRows {
  readonly #options: PresenceRowsOptions;

  constructor(options: PresenceRowsOptions) {
    this.#options = options;
  }

  /**
   * Adds a connection; twice is once.
   *
   * @throws {NexoraError} `too_large` when the channel has its members
   */
  async add(
    channel: string,
    member: Member,
    connection: string,
  ): Promise<void> {
    const { kv } = this.#options;
    const userId = member.user_id;
    const node = this.#options.nodeId();
    const key = keys.presence(channel, userId);
    const heldKey = keys.presenceAtNode(node, channel, userId, connection);
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

  /** What a node holds. */
  async *at(nodeId: string): AsyncIterable<Held> {
    const rows = this.#options.kv.list({
      prefix: keys.presencesAtNode(nodeId),
    });
    for await (const { key } of rows) {
      const [channel, userId, connection] = key.slice(3).map(String) as [
        string,
        string,
        string,
      ];
      yield { channel, userId, connection };
    }
  }

  /** Takes a connection of a node away; returns whether the member has none left. */
  drop(
    { channel, userId, connection }: Held,
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
  remove(channel: string, userId: string, node: string): Promise<boolean> {
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
