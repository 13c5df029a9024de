import { z } from "zod";
import { listMembers } from "../guilds/mod.ts";
import type { Deps } from "../platform.ts";
import { type Channel, parseChannel } from "../realtime/mod.ts";
import { getMessage } from "./find.ts";
import { notBlocking } from "./mentions.ts";
import { peopleOf } from "./people.ts";
import { roomName } from "./room_name.ts";
import { EVERYONE_KIND, mentionJobs } from "./tell.ts";

export const EveryonePayload = z.object({
  channel: z.string(),
  id: z.string(),
  /** Where the next page of members begins. */
  cursor: z.string().nullable(),
});

/**
 * Tells a page of a room's people that a message names everybody, and goes on with the next page as another job: a
 * guild of any size is told in bounded steps. Run again it tells nobody twice, since the message is the key.
 */
export async function tellEveryone(
  { kv, queue }: Pick<Deps, "kv" | "queue">,
  { channel, id, cursor }: z.infer<typeof EveryonePayload>,
): Promise<void> {
  const room = parseChannel(channel);
  const message = await getMessage({ kv }, channel, id);
  if (!room || !message || message.deleted) return;
  const page = await pageOf(kv, room, cursor);
  const told = await notBlocking(
    kv,
    page.userIds.filter((one) => one !== message.authorId),
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

/** People of a room, some at a time; a dispute's are few. */
async function pageOf(
  kv: Deno.Kv,
  room: Channel,
  cursor: string | null,
): Promise<{ userIds: string[]; cursor: string | null }> {
  if (room.subject.kind !== "guild") {
    return { userIds: await peopleOf(kv, room), cursor: null };
  }
  const { guildId } = room.subject;
  const page = await listMembers(kv, guildId, { cursor: cursor ?? undefined });
  return {
    userIds: page.items.map((member) => member.id),
    cursor: page.cursor,
  };
}
