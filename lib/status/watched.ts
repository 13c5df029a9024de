import { keys } from "../kv/mod.ts";
import { listConversations } from "../messages/mod.ts";
import type { Deps } from "../platform.ts";

/** People on a watchlist: what the protocol takes. */
const MOST = 100;

/**
 * Whose coming and going somebody is told: those with whom they have a direct conversation, the latest first. Who has
 * blocked them is not among those.
 */
export async function listWatched(
  { kv }: Pick<Deps, "kv">,
  userId: string,
): Promise<string[]> {
  const conversations = await listConversations({ kv }, userId, MOST);
  const others = conversations.map((one) => one.userId);
  const reads: Promise<Deno.KvEntryMaybe<unknown>[]>[] = [];
  for (let i = 0; i < others.length; i += 10) {
    const ten = others.slice(i, i + 10);
    reads.push(kv.getMany(ten.map((other) => keys.block(other, userId))));
  }
  const blocks = (await Promise.all(reads)).flat();
  return others.filter((_, i) => blocks[i]!.value === null);
}
