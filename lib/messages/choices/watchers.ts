import { z } from "zod";
import { keys } from "../../kv/mod.ts";
import { asks, notifyJob } from "../../notifications/mod.ts";
import type { Deps } from "../../platform.ts";
import { parseChannel } from "../../realtime/mod.ts";
import { getUsers, type User } from "../../users/mod.ts";
import { readStored } from "../find.ts";
import { notBlocking, officersOf } from "../mentions.ts";
import type { ReadMark } from "../reading/read_mark.ts";
import { roomName } from "../room_name.ts";
import { excerptOf } from "../rows.ts";

export const WATCHERS_KIND = "messages:watchers";

export const WatchersPayload = z.object({
  channel: z.string(),
  id: z.string(),
  /** The last of those who were told. */
  after: z.string().nullable(),
});

/** People told by one run. */
const PAGE = 100;

/** Whether anybody wants to be told of every message there. */
export async function isWatched(
  kv: Deno.Kv,
  channel: string,
): Promise<boolean> {
  const rows = kv.list({ prefix: keys.roomWatchers(channel) }, { limit: 1 });
  return !(await rows.next()).done;
}

/**
 * Some seconds after a message: tells those who want to hear of each, unless they have read it by now, it names them (of
 * that they are told anyway), or they may no longer see the room. Goes on with the next page as another job.
 */
export async function tellWatchers(
  deps: Pick<Deps, "kv" | "queue" | "policy">,
  { channel, id, after }: z.infer<typeof WatchersPayload>,
): Promise<void> {
  const { kv, queue, policy } = deps;
  const room = parseChannel(channel);
  const { value: message } = await readStored(kv, channel, id);
  const { authorId, author, order, mentions, deleted } = message;
  if (!room || deleted || mentions.everyone) return;
  const prefix = keys.roomWatchers(channel);
  const rows = await Array.fromAsync(
    kv.list(
      after === null
        ? { prefix }
        : { prefix, start: keys.roomWatcher(channel, `${after}\u0000`) },
      { limit: PAGE },
    ),
  );
  const watching = rows.map(({ key }) => String(key.at(-1)));
  const named = new Set([
    authorId,
    ...mentions.userIds,
    ...mentions.officers ? await officersOf(kv, room) : [],
  ]);
  const others = watching.filter((one) => !named.has(one));
  const present = new Map(
    (await getUsers(kv, others)).map((user) => [user.id, user]),
  );
  const told: string[] = [];
  for (const one of await notBlocking(kv, others, authorId)) {
    const user: User | undefined = present.get(one);
    if (!user || !await policy.may(user, "see", room)) {
      await kv.delete(keys.roomWatcher(channel, one));
      continue;
    }
    const mark = await kv.get<ReadMark>(keys.readMark(one, channel));
    if ((mark.value?.order ?? "") < order) told.push(one);
  }
  const last = watching.at(-1);
  await queue.enqueue(
    ...told.length === 0 ? [] : [notifyJob({
      userIds: told,
      type: "room_message",
      data: {
        channel,
        messageId: id,
        authorId,
        authorHandle: author.handle,
        authorName: author.name,
        excerpt: excerptOf(message),
        roomName: await roomName(kv, room),
      },
      key: `room:${id}`,
      ask: asks.readMessage(id),
    })],
    ...watching.length < PAGE ? [] : [{
      kind: WATCHERS_KIND,
      payload: { channel, id, after: last },
    }],
  );
}
