import { keys } from "../kv/mod.ts";
import type { PublicUser, User } from "./types.ts";

export async function getUser(
  kv: Deno.Kv,
  userId: string,
): Promise<User | null> {
  return (await kv.get<User>(keys.user(userId))).value;
}

export async function getUserByHandle(
  kv: Deno.Kv,
  handle: string,
): Promise<User | null> {
  const { value } = await kv.get<string>(keys.userByHandle(handle));
  return value === null ? null : await getUser(kv, value);
}

export async function getUserByEmail(
  kv: Deno.Kv,
  email: string,
): Promise<User | null> {
  const { value } = await kv.get<string>(keys.userByEmail(email));
  return value === null ? null : await getUser(kv, value);
}

/** Users by id, in the order asked for, each once; those who do not exist are left out. */
export async function getUsers(
  kv: Deno.Kv,
  userIds: Iterable<string>,
): Promise<User[]> {
  const ids = [...new Set(userIds)];
  // One getMany takes ten keys.
  const reads: Promise<Deno.KvEntryMaybe<User>[]>[] = [];
  for (let i = 0; i < ids.length; i += 10) {
    reads.push(
      kv.getMany<User[]>(ids.slice(i, i + 10).map((id) => keys.user(id))),
    );
  }
  return (await Promise.all(reads)).flat().flatMap((entry) =>
    entry.value ?? []
  );
}

/** What others may see. */
export function publicUser(user: User): PublicUser {
  const { id, handle, name, bio, skills, trust, rank, createdAt } = user;
  return {
    id,
    handle,
    name,
    bio,
    skills,
    trust,
    rank,
    createdAt,
    ...(user.picture !== undefined && { picture: user.picture }),
  };
}

/** What somebody sees of themselves: everything but what is only for the server. */
export type OwnUser = Omit<User, "lastActiveAt">;

export function ownUser(user: User): OwnUser {
  const { lastActiveAt: _, absence: __, ...own } = user;
  return own;
}
