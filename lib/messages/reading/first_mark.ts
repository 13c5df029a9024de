import { getMembership } from "../../guilds/mod.ts";
import { keys } from "../../kv/mod.ts";
import type { Channel } from "../../realtime/mod.ts";
import type { LedgerEntry, RoomHead } from "../ledger.ts";
import { NOTHING_READ, type ReadMark } from "./read_mark.ts";

/** Where somebody begins who has not read in a room yet: in a guild, with what is said after they joined. */
export async function firstMark(
  kv: Deno.Kv,
  { name, subject }: Channel,
  userId: string,
  head: RoomHead,
): Promise<ReadMark> {
  if (subject.kind !== "guild" || head.entries === 0) return NOTHING_READ;
  const membership = await getMembership(kv, subject.guildId, userId);
  if (membership === null) return NOTHING_READ;
  const entry = await entryAt(kv, name, head, membership.joinedAt);
  if (entry === null) return NOTHING_READ;
  return { ...NOTHING_READ, order: entry.order, ordinal: entry.count };
}

/** The last entry of a room's ledger before a time, in milliseconds; about as many reads as the ledger's length has bits. */
export async function entryAt(
  kv: Deno.Kv,
  channel: string,
  head: Pick<RoomHead, "entries">,
  at: number,
): Promise<LedgerEntry | null> {
  let found: LedgerEntry | null = null;
  let [low, high] = [1, head.entries];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { value } = await kv.get<LedgerEntry>(
      keys.ledgerEntry(channel, middle),
    );
    if (value !== null && value.at < at) {
      found = value;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}
