import { NexoraError } from "../errors.ts";
import { del, keys, set } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { User } from "../users/mod.ts";
import { decideOnMessage, type MessageDeps } from "./change.ts";
import { placed, readStored } from "./find.ts";
import { auditRow } from "./moderation/audit.ts";
import type { PlacedMessage } from "./types.ts";

/** Pins of a room. */
export const MAX_PINS = 100;

export interface PinMessage {
  channel: string;
  id: string;
  /** May pin in the room. */
  user: Pick<User, "id">;
  pinned: boolean;
}

/**
 * Pins a message or takes it down. What is so already stays so.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition` for a deleted message or too many pins
 */
export function pinMessage(
  deps: MessageDeps,
  { channel, id, user, pinned }: PinMessage,
): Promise<PlacedMessage> {
  const key = keys.pin(channel, id);
  return decideOnMessage<PlacedMessage>(deps, channel, id, async (stored) => {
    if ((stored.pinned !== null) === pinned) return { done: placed(stored) };
    if (stored.deleted) {
      throw new NexoraError("illegal_transition", "It has been deleted");
    }
    const at = deps.now();
    if (pinned && await countPins(deps.kv, channel) >= MAX_PINS) {
      throw new NexoraError(
        "illegal_transition",
        `A room has at most ${MAX_PINS} pins: take one down first`,
      );
    }
    const after = {
      ...stored,
      pinned: pinned ? { at, byId: user.id } : null,
    };
    return {
      message: after,
      event: { name: "message:pin", data: { pinned: after.pinned } },
      mutations: [
        pinned ? set(key, at) : del(key),
        auditRow(deps, {
          channel,
          at,
          actorId: user.id,
          action: pinned ? "message_pinned" : "message_unpinned",
          targetId: id,
          detail: {},
        }),
      ],
      result: placed,
    };
  });
}

async function countPins(kv: Deno.Kv, channel: string): Promise<number> {
  const rows = kv.list({ prefix: keys.pins(channel) }, { limit: MAX_PINS });
  return (await Array.fromAsync(rows)).length;
}

/** The pinned messages of a room, the last pinned first. */
export async function listPins(
  { kv }: Pick<Deps, "kv">,
  channel: string,
): Promise<PlacedMessage[]> {
  const rows = kv.list<number>({ prefix: keys.pins(channel) }, {
    limit: 2 * MAX_PINS,
  });
  const pins = await Array.fromAsync(rows, ({ key, value }) => ({
    id: String(key.at(-1)),
    at: value,
  }));
  const entries = await Promise.all(
    pins.map(({ id }) => readStored(kv, channel, id).catch(() => null)),
  );
  return entries.flatMap((entry) => entry ? [placed(entry.value)] : [])
    .filter((message) => message.pinned)
    .sort((a, b) => b.pinned!.at - a.pinned!.at);
}
