import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import { placed } from "./find.ts";
import type { RoomHead } from "./ledger.ts";
import { entryAt } from "./reading/first_mark.ts";
import type { StoredMessage } from "./rows.ts";
import type { PlacedMessage } from "./types.ts";

/**
 * The first message of a room's own list at or after a time, in milliseconds; `null` when there is none. The ledger is
 * in the order of time, so it is found in some twenty reads however long the room is.
 */
export async function firstSince(
  { kv }: Pick<Deps, "kv">,
  channel: string,
  at: number,
): Promise<PlacedMessage | null> {
  const head = await kv.get<RoomHead>(keys.room(channel));
  if (head.value === null) return null;
  const before = await entryAt(kv, channel, head.value, at);
  const prefix = keys.messages(channel);
  const rows = kv.list<StoredMessage>(
    before === null
      ? { prefix }
      : { prefix, start: keys.message(channel, `${before.order}\u0000`) },
    { limit: 1 },
  );
  for await (const { value } of rows) return placed(value);
  return null;
}
