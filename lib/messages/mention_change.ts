import { del, keys, type Mutation, set } from "../kv/mod.ts";
import { notBlocking } from "./mentions.ts";
import type { StoredMessage } from "./rows.ts";
import type { RoomMention } from "./tell.ts";

/** The rows of whom a message names, after an edit or a deletion; and who is named now and was not before. */
export async function mentionChange(
  kv: Deno.Kv,
  before: StoredMessage,
  after: Pick<StoredMessage, "mentions" | "deleted">,
): Promise<{ rows: Mutation[]; added: string[] }> {
  const { channel, order, id, authorId } = before;
  const { userIds, officers, everyone } = after.mentions;
  const named = after.deleted ? [] : userIds;
  const added = await notBlocking(
    kv,
    named.filter((one) => !before.mentions.userIds.includes(one)),
    authorId,
  );
  const rows: Mutation[] = [
    ...before.mentions.userIds.filter((one) => !named.includes(one))
      .map((one) => del(keys.mention(one, channel, order))),
    ...added.map((one) => set(keys.mention(one, channel, order), id)),
  ];
  const key = keys.roomMention(channel, order);
  if (!after.deleted && (officers || everyone)) {
    rows.push(
      set(key, { id, authorId, officers, everyone } satisfies RoomMention),
    );
  } else if (before.mentions.officers || before.mentions.everyone) {
    rows.push(del(key));
  }
  return { rows, added };
}
