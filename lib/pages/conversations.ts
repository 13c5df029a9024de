import { type Conversation, listConversations } from "../messages/mod.ts";
import type { Deps } from "../platform.ts";
import { getUsers, type User } from "../users/mod.ts";

/** A conversation with who is at its other end. */
export type KnownConversation =
  & Pick<Conversation, "lastAt" | "lastAuthorId" | "excerpt">
  & {
    person: Pick<User, "id" | "handle" | "name" | "picture">;
  };

/** Somebody's direct conversations, the latest first. */
export async function listKnownConversations(
  deps: Pick<Deps, "kv">,
  userId: string,
  limit?: number,
): Promise<KnownConversation[]> {
  const conversations = await listConversations(deps, userId, limit);
  const people = new Map(
    (await getUsers(deps.kv, conversations.map((c) => c.userId))).map((
      user,
    ) => [user.id, user]),
  );
  return conversations.flatMap(({ userId, lastAt, lastAuthorId, excerpt }) => {
    const user = people.get(userId);
    if (!user) return [];
    const { id, handle, name, picture } = user;
    const person = { id, handle, name, ...(picture && { picture }) };
    return [{ lastAt, lastAuthorId, excerpt, person }];
  });
}
