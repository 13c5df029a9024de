import type { Reaction } from "../../messages/types.ts";
import { call } from "./api.ts";
import type { Chat } from "./chat.ts";
import type { Environment } from "./environment.ts";
import { type ChatItem, type Message, readMessage } from "./messages.ts";
import { messagesPath } from "./outbox.ts";

export const messagePath = (channel: string, id: string) =>
  `${messagesPath(channel)}/${encodeURIComponent(id)}`;

/** What the server answered about a message goes into every list that shows it. */
function learnAll(lists: readonly Chat[], id: string, answer: unknown): void {
  const message = readMessage(answer);
  if (!message) return;
  const { key: _, ...change } = message as Message & { key?: string };
  for (const list of lists) list.learn(id, change, message.revision);
}

/** Shows a change in every list until it is answered. */
async function during<T>(
  lists: readonly Chat[],
  id: string,
  apply: (item: ChatItem) => Partial<ChatItem>,
  settled: Promise<T>,
): Promise<T> {
  await Promise.allSettled(
    lists.map((list) => list.overlay.during(id, apply, settled)),
  );
  return await settled;
}

/** Adds the reader's reaction, or takes it away. @throws {ApiFailure} */
export async function setReaction(
  env: Environment,
  lists: readonly Chat[],
  item: ChatItem,
  emoji: string,
  on: boolean,
  userId: string,
): Promise<void> {
  const path = `${messagePath(item.channel, item.id)}/reactions`;
  await during(
    lists,
    item.id,
    ({ reactions = [] }) => ({
      reactions: toggled(reactions, emoji, on, userId),
    }),
    call(env, "POST", path, { emoji, on }).then((answer) => {
      const reactions = answer.reactions as Reaction[] | undefined;
      const revision = Number(answer.revision) || undefined;
      if (!reactions) return;
      for (const list of lists) {
        list.learn(item.id, { reactions, revision }, revision);
      }
    }),
  );
}

/** The reactions as they will be; applied to what is already so, they stay as they are. */
export function toggled(
  reactions: readonly Reaction[],
  emoji: string,
  on: boolean,
  userId: string,
): Reaction[] {
  const known = reactions.find((one) => one.emoji === emoji);
  if (!known) {
    return on
      ? [...reactions, { emoji, count: 1, userIds: [userId] }]
      : [...reactions];
  }
  if (known.userIds.includes(userId) === on) return [...reactions];
  const changed: Reaction = {
    emoji,
    count: known.count + (on ? 1 : -1),
    userIds: on
      ? [...known.userIds, userId]
      : known.userIds.filter((id) => id !== userId),
  };
  return reactions.map((one) => one === known ? changed : one)
    .filter(({ count }) => count > 0);
}

/** Changes the text. @throws {ApiFailure} */
export async function editMessage(
  env: Environment,
  lists: readonly Chat[],
  item: ChatItem,
  content: string,
): Promise<void> {
  const path = messagePath(item.channel, item.id);
  await during(
    lists,
    item.id,
    () => ({ content, editedAt: env.now() }),
    call(env, "PATCH", path, { content }).then((answer) =>
      learnAll(lists, item.id, answer.message)
    ),
  );
}

/** Takes the message away; a tombstone stays. @throws {ApiFailure} */
export async function deleteMessage(
  env: Environment,
  lists: readonly Chat[],
  item: ChatItem,
  userId: string,
): Promise<void> {
  await during(
    lists,
    item.id,
    () => ({
      deleted: { at: env.now(), byId: userId },
      content: "",
      reactions: [],
      pinned: null,
      quote: null,
    }),
    call(env, "DELETE", messagePath(item.channel, item.id)).then((answer) =>
      learnAll(lists, item.id, answer.message)
    ),
  );
}

/** Pins the message, or takes the pin away. @throws {ApiFailure} */
export async function pinMessage(
  env: Environment,
  lists: readonly Chat[],
  item: ChatItem,
  pinned: boolean,
  userId: string,
): Promise<void> {
  const path = `${messagePath(item.channel, item.id)}/pin`;
  await during(
    lists,
    item.id,
    () => ({ pinned: pinned ? { at: env.now(), byId: userId } : null }),
    call(env, "POST", path, { pinned }).then((answer) =>
      learnAll(lists, item.id, answer.message)
    ),
  );
}
