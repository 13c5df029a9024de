import { z } from "zod";
import { keys } from "../../kv/mod.ts";
import { asks, sendNotification } from "../../notifications/mod.ts";
import type { Deps } from "../../platform.ts";
import { readStored } from "../find.ts";
import { excerptOf } from "../rows.ts";
import type { ReadMark } from "./read_mark.ts";

export const DirectPayload = z.object({
  channel: z.string(),
  id: z.string(),
  /** Whom it was written to. */
  userId: z.string(),
});

/** Some seconds after a direct message: tells the other of it, unless they have read it by now. */
export async function tellUnlessRead(
  deps: Pick<Deps, "kv" | "now" | "newId" | "log" | "queue">,
  { channel, id, userId }: z.infer<typeof DirectPayload>,
): Promise<void> {
  const { value: message } = await readStored(deps.kv, channel, id);
  const { authorId, author, deleted, order } = message;
  const [mark, block, reader] = await deps.kv.getMany<
    [ReadMark, unknown, unknown]
  >([
    keys.readMark(userId, channel),
    keys.block(userId, authorId),
    keys.user(userId),
  ]);
  const read = (mark.value?.order ?? "") >= order;
  if (read || deleted || block.value !== null || reader.value === null) return;
  await sendNotification(deps, {
    userId,
    type: "direct_message",
    data: {
      channel,
      messageId: id,
      authorId,
      authorHandle: author.handle,
      authorName: author.name,
      excerpt: excerptOf(message),
    },
    key: `dm:${id}`,
    ask: asks.readMessage(id),
  });
}
