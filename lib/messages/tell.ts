import { SECOND } from "../clock.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import { asks } from "../notifications/asks.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import type { Channel } from "../realtime/mod.ts";
import { otherOf } from "./activity.ts";
import { isWatched, WATCHERS_KIND } from "./choices/watchers.ts";
import { notBlocking, officersOf } from "./mentions.ts";
import { roomName } from "./room_name.ts";
import { excerptOf } from "./rows.ts";
import type { Message } from "./types.ts";

export const DIRECT_KIND = "messages:direct";
export const EVERYONE_KIND = "messages:everyone";

/** Whoever has not read a direct message, or one of a room that they watch, after this time is told of it. */
const TOLD_AFTER = 4 * SECOND;
/** One notification job takes this many. */
const PEOPLE_A_JOB = 100;

/** Whom a message has to be made known to, planned before it has a place. */
export interface Tellings {
  /** Ids of those whom it names one by one and who have not blocked its author. */
  named: string[];
  /** Rows that say who is named there. */
  mentions: (order: string) => Mutation[];
  /** Notifications of those named; between two people, a look at whether the other is reading. */
  jobs: Mutation[];
  /** Rows at most. */
  rows: number;
}

/** Plans the rows and jobs of a message's mentions and, between two people, of its arrival. */
export async function planTellings(
  deps: Pick<Deps, "kv" | "queue">,
  room: Channel,
  message: Message,
): Promise<Tellings> {
  const { kv, queue } = deps;
  const { id, channel, authorId, mentions } = message;
  const { subject } = room;
  const { userIds, officers, everyone } = mentions;
  const you = userIds.length > 0
    ? await notBlocking(kv, userIds, authorId)
    : [];
  const jobs: NewJob[] = [];
  if (you.length > 0 || officers) {
    const name = await roomName(kv, room) || message.author.name;
    jobs.push(...mentionJobs(message, name, "you", you));
    if (officers) {
      const others = (await officersOf(kv, room))
        .filter((one) => one !== authorId && !you.includes(one));
      const told = await notBlocking(kv, others, authorId);
      jobs.push(...mentionJobs(message, name, "officers", told));
    }
  }
  if (everyone) {
    jobs.push({
      kind: EVERYONE_KIND,
      payload: { channel, id, cursor: null },
    });
  }
  const other = subject.kind === "dm"
    ? otherOf(subject.userIds, authorId)
    : authorId;
  if (other !== authorId && !you.includes(other)) {
    jobs.push({
      kind: DIRECT_KIND,
      payload: { channel, id, userId: other },
      delay: TOLD_AFTER,
    });
  }
  // Replies stand in their thread, which has followers of its own.
  if (
    subject.kind !== "dm" && message.parentId === null &&
    await isWatched(kv, channel)
  ) {
    jobs.push({
      kind: WATCHERS_KIND,
      payload: { channel, id, after: null },
      delay: TOLD_AFTER,
    });
  }
  const rows = queue.plan(jobs).mutations;
  return {
    named: you,
    mentions: (order) => [
      ...you.map((one) => set(keys.mention(one, channel, order), id)),
      ...(officers || everyone
        ? [set(
          keys.roomMention(channel, order),
          { id, authorId, officers, everyone } satisfies RoomMention,
        )]
        : []),
    ],
    jobs: rows,
    rows: you.length + 1 + rows.length,
  };
}

/** A message that names more than some people. */
export interface RoomMention {
  id: string;
  authorId: string;
  officers: boolean;
  everyone: boolean;
}

/** The jobs that tell people that they were named. */
export function mentionJobs(
  { id, channel, authorId, author, ...message }: Message,
  name: string,
  mentioned: "you" | "officers" | "everyone",
  userIds: string[],
): NewJob[] {
  const jobs: NewJob[] = [];
  for (let i = 0; i < userIds.length; i += PEOPLE_A_JOB) {
    jobs.push(notifyJob({
      userIds: userIds.slice(i, i + PEOPLE_A_JOB),
      type: "message_mention",
      data: {
        channel,
        messageId: id,
        authorId,
        authorHandle: author.handle,
        authorName: author.name,
        excerpt: excerptOf(message),
        roomName: name,
        mentioned,
      },
      key: `mention:${id}`,
      ask: asks.readMessage(id),
    }));
  }
  return jobs;
}
