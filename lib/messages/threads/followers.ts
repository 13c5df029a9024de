import { keys, type Mutation, set } from "../../kv/mod.ts";
import { type NewEvent, userChannel } from "../../realtime/mod.ts";
import { orderBefore } from "../find.ts";
import { notBlocking } from "../mentions.ts";
import type { StoredMessage } from "../rows.ts";
import type { Message } from "../types.ts";
import { FOLLOWED_FOR, type ThreadRow } from "./rows.ts";
import type { ThreadFollowed } from "./types.ts";

/** Whom a reply makes followers of its thread. */
export interface NewFollowers {
  /** Their rows, for the reply's commit. */
  rows: (order: string) => Mutation[];
  events: NewEvent[];
  /** Rows at most. */
  count: number;
}

export const NO_FOLLOWERS: NewFollowers = {
  rows: () => [],
  events: [],
  count: 0,
};

/**
 * Who follows a thread from this reply on: its author, whom it names, and who began the thread, unless they have left it
 * by hand. Whoever follows already does so from where they have read. Replies to one message come one after the other,
 * so what is read here holds in the commit that checks the parent.
 */
export async function newFollowers(
  kv: Deno.Kv,
  parent: StoredMessage,
  reply: Message,
  named: readonly string[],
): Promise<NewFollowers> {
  const { channel, authorId, sentAt } = reply;
  const beginner = parent.authorId === authorId ||
      named.includes(parent.authorId)
    ? []
    : await notBlocking(kv, [parent.authorId], authorId);
  const people = [...new Set([authorId, ...named, ...beginner])];
  const rows = await readRows(kv, people, parent.id);
  const followed = people.flatMap((userId, i) => {
    const row = rows[i];
    const stays = row && (row.on || beginner.includes(userId));
    return stays ? [] : [{ userId, revision: (row?.revision ?? 0) + 1 }];
  });
  const data: ThreadFollowed = { channel, parentId: parent.id };
  return {
    count: followed.length,
    rows: (order) =>
      followed.map(({ userId, revision }) =>
        set(
          keys.threadOf(userId, parent.id),
          {
            ...data,
            place: parent.order,
            on: true,
            // One's own reply is read; the one that brings somebody here is not.
            order: userId === authorId ? order : orderBefore(order),
            at: sentAt,
            revision,
          } satisfies ThreadRow,
          FOLLOWED_FOR,
        )
      ),
    events: followed.map(({ userId }) => ({
      channel: userChannel(userId),
      event: "thread:followed",
      data,
    })),
  };
}

/** Rows of some people in a thread; ten a read. */
async function readRows(
  kv: Deno.Kv,
  userIds: readonly string[],
  parentId: string,
): Promise<(ThreadRow | null)[]> {
  const reads: Promise<Deno.KvEntryMaybe<ThreadRow>[]>[] = [];
  for (let i = 0; i < userIds.length; i += 10) {
    const ten = userIds.slice(i, i + 10);
    reads.push(
      kv.getMany<ThreadRow[]>(ten.map((id) => keys.threadOf(id, parentId))),
    );
  }
  return (await Promise.all(reads)).flat().map(({ value }) => value);
}
