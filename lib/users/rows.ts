import {
  absent,
  type Change,
  del,
  keys,
  type Mutation,
  set,
} from "../kv/mod.ts";
import { searchRows } from "../search/mod.ts";
import { userEntry } from "./search_entry.ts";
import { activeRow } from "./active.ts";
import { skillRows } from "./skills.ts";
import { placeRows } from "./standing/places.ts";
import type { Standing } from "./standing/types.ts";
import type { User } from "./types.ts";

/** Trust that a new account starts with, of 1000. */
export const INITIAL_TRUST = 500;

/** A user with what nobody has filled in yet. */
export function newUser(
  given:
    & Pick<User, "id" | "handle" | "name" | "email" | "createdAt">
    & Partial<User>,
): User {
  return {
    role: "member",
    bio: "",
    skills: [],
    trust: INITIAL_TRUST,
    rank: "Newcomer",
    locale: "en",
    timeZone: "UTC",
    lastActiveAt: given.createdAt,
    ...given,
  };
}

/** Rows of a new user. Handle and e-mail address are taken by the same atomic, so nobody shares them. */
export function newUserRows(user: User): Required<Change> {
  const byHandle = keys.userByHandle(user.handle);
  const byEmail = keys.userByEmail(user.email);
  return {
    checks: [absent(keys.user(user.id)), absent(byHandle), absent(byEmail)],
    mutations: [
      set(keys.user(user.id), user),
      set(byHandle, user.id),
      set(byEmail, user.id),
      ...skillRows(null, user),
      ...searchRows(null, userEntry(user)),
      activeRow(user.id),
    ],
  };
}

/** The rows whose end is the end of somebody: found nowhere, placed nowhere; handle and address are free again. */
export function goneUserRows(
  user: User,
  standing: Standing | null,
): Mutation[] {
  return [
    del(keys.user(user.id)),
    del(keys.userByHandle(user.handle)),
    del(keys.userByEmail(user.email)),
    del(keys.credential(user.id)),
    del(keys.standing(user.id)),
    ...skillRows(user, null),
    ...searchRows(userEntry(user), null),
    ...placeRows(
      user.id,
      standing && { standing, trust: user.trust },
      null,
    ),
  ];
}
