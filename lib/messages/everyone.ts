import { z } from "zod";
import { listMembers } from "../guilds/mod.ts";
import type { Deps } from "../platform.ts";
import { parseChannel } from "../realtime/mod.ts";
import { getMessage } from "./find.ts";
import { notBlocking } from "./mentions.ts";
import { roomName } from "./room_name.ts";
import { EVERYONE_KIND, mentionJobs } from "./tell.ts";

export const EveryonePayload = z.object({
  channel: z.string(),
  id: z.string(),
  /** Where the next page of members begins. */
  cursor: z.string().nullable(),
});

/**
 * Tells a page of a guild's members that a message names everybody, and goes on with the next page as another job: a
 * guild of any size is told in bounded steps. Run again it tells nobody twice, since the message is the key.
 */
export async function tellEveryone(
  { kv, queue }: Pick<Deps, "kv" | "queue">,
  { channel, id, cursor }: z.infer<typeof EveryonePayload>,
): Promise<void> {
  const room = parseChannel(channel);
  const message = await getMessage({ kv }, channel, id);
  if (!room || room.subject.kind !== "guild" || !message || message.deleted) {
    return;
  }
  const page = await listMembers(kv, room.subject.guildId, {
    cursor: cursor ?? undefined,
  });
  const told = await notBlocking(
    kv,
    page.items.map((member) => member.id)
      .filter((one) => one !== message.authorId),
    message.authorId,
  );
  await queue.enqueue(
    ...mentionJobs(message, await roomName(kv, room), "everyone", told),
    ...(page.cursor === null ? [] : [{
      kind: EVERYONE_KIND,
      payload: { channel, id, cursor: page.cursor },
    }]),
  );
}
