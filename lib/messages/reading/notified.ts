import { z } from "zod";
import { NexoraError } from "../../errors.ts";
import { keys } from "../../kv/mod.ts";
import {
  hasNotificationsAbout,
  listNotificationsAbout,
  markNotificationRead,
} from "../../notifications/mod.ts";
import type { Deps } from "../../platform.ts";
import type { NewJob } from "../../queue/types.ts";
import { readStored } from "../find.ts";
import type { ReadMark } from "./read_mark.ts";

export const NOTIFIED_KIND = "message-notified-read";

export const NotifiedPayload = z.object({
  userId: z.string(),
  channel: z.string(),
});
type Notified = z.infer<typeof NotifiedPayload>;

/** For the commit that moves a mark forward: the job that marks read what told of messages up to it; none mostly. */
export async function notifiedJobs(
  { kv }: Pick<Deps, "kv">,
  { userId, channel }: Notified,
): Promise<NewJob[]> {
  return await hasNotificationsAbout(kv, userId, channel)
    ? [{ kind: NOTIFIED_KIND, payload: { userId, channel } }]
    : [];
}

/** Who has read a message in its room need not read that it came. */
export async function readNotified(
  deps: Pick<Deps, "kv" | "now" | "newId" | "log" | "queue">,
  { userId, channel }: Notified,
): Promise<void> {
  const { kv } = deps;
  const mark = await kv.get<ReadMark>(keys.readMark(userId, channel));
  const upTo = mark.value?.order ?? "";
  for (
    const { id, messageId } of await listNotificationsAbout(kv, userId, channel)
  ) {
    try {
      const { value } = await readStored(kv, channel, messageId);
      if (value.order <= upTo) await markNotificationRead(deps, userId, id);
    } catch (error) {
      // Message or notification are gone meanwhile.
      const gone = error instanceof NexoraError && error.code === "not_found";
      if (!gone) throw error;
    }
  }
}
