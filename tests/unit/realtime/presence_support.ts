import { keys } from "../../../lib/kv/mod.ts";
import { Nodes } from "../../../lib/realtime/nodes.ts";
import { Presence } from "../../../lib/realtime/presence.ts";
import { openIsolate } from "./log_support.ts";

const CHANNEL = "presence-room";

interface Options {
  now?: () => number;
  max?: number;
  grace?: number;
}

/** An isolate with presence. Whoever `holds` something says so again when it was taken for dead. */
export async function open(
  kv: Deno.Kv,
  { now = Date.now, max, grace }: Options = {},
) {
  const isolate = await openIsolate(kv, { now });
  const holds: [user: string, connection: string][] = [];
  const nodes: Nodes = new Nodes({
    kv,
    now,
    sweep: (id) => presence.sweep(id),
    revive: async () => {
      for (const [user_id, connection] of holds) {
        await presence.join(CHANNEL, { user_id }, connection);
      }
    },
  });
  const presence = new Presence({
    kv,
    log: isolate.log,
    nodeId: () => nodes.id,
    maxMembers: max ?? 100,
    grace: grace ?? 0,
  });
  const join = async (user_id: string, connection: string) => {
    await presence.join(CHANNEL, { user_id }, connection);
    holds.push([user_id, connection]);
  };
  const leave = (user: string, connection: string) =>
    presence.leave(CHANNEL, user, connection);
  return {
    ...isolate,
    nodes,
    presence,
    join,
    leave,
    async [Symbol.asyncDispose]() {
      await presence.stop();
      await isolate.log.close();
    },
  };
}

type Isolate = Awaited<ReturnType<typeof open>>;

export async function told({ log }: Isolate): Promise<string[]> {
  return (await log.latest(CHANNEL, 1_000)).map(({ event, data }) =>
    `${event.split("_").at(-1)} ${JSON.parse(data).user_id}`
  );
}

export async function ids({ presence }: Isolate): Promise<string[]> {
  return (await presence.members(CHANNEL)).map((m) => m.user_id);
}

/** What is in the store besides members: rows of nodes, and the count. */
export async function leftovers(kv: Deno.Kv) {
  const rows = await Array.fromAsync(
    kv.list({ prefix: ["rt", "presenceNode"] }),
  );
  return {
    rows: rows.length,
    count: (await kv.get<number>(keys.presenceCount(CHANNEL))).value ?? 0,
  };
}

/** A view of a store that can be switched off. */
export function switched(kv: Deno.Kv) {
  const state = { away: false };
  const view = new Proxy(kv, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name === "watch" || name === "close") return value.bind(target);
      return (...args: unknown[]) => {
        if (!state.away) return value.apply(target, args);
        const fail = () =>
          Promise.reject(new TypeError("error sending request"));
        if (name === "atomic") {
          const atomic = target.atomic();
          atomic.commit = fail;
          return atomic;
        }
        if (name === "list") {
          const list = value.apply(target, args);
          list.next = fail;
          return list;
        }
        return fail();
      };
    },
  });
  return { kv: view, state };
}
