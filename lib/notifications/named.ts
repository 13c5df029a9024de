import { keys } from "../kv/mod.ts";
import type { User } from "../users/mod.ts";
import type { Notice } from "./types.ts";

/** Who somebody is now; `null`: their account has been deleted. Who is not in it is called as when it was written. */
export type People = ReadonlyMap<string, Pick<User, "handle" | "name"> | null>;

/** Where data name a person: whose id it is, and what is said of them. */
const NAMED = [
  { id: "userId", name: "userName", handle: "userHandle" },
  { id: "authorId", name: "authorName", handle: "authorHandle" },
  { id: "inviterId", name: "inviterName" },
  { id: "raiserId", name: "raisedBy" },
] as const;

type Data = Partial<Record<string, unknown>>;

/** Reads the people whom notifications name, as they are now: names are given when something is read, not kept. */
export async function readPeople(
  kv: Deno.Kv,
  notices: readonly Notice[],
): Promise<People> {
  const ids = [
    ...new Set(notices.flatMap(({ data }) =>
      NAMED.flatMap(({ id }) => {
        const value = (data as Data)[id];
        return typeof value === "string" ? [value] : [];
      })
    )),
  ];
  const people = new Map<string, Pick<User, "handle" | "name"> | null>();
  const reads: Promise<void>[] = [];
  // One getMany takes ten keys.
  for (let i = 0; i < ids.length; i += 5) {
    const some = ids.slice(i, i + 5);
    reads.push((async () => {
      const rows = await kv.getMany<unknown[]>(
        some.flatMap((id) => [keys.user(id), keys.userGone(id)]),
      );
      for (const [n, id] of some.entries()) {
        const user = rows[2 * n]!.value as User | null;
        if (user) people.set(id, user);
        else if (rows[2 * n + 1]!.value !== null) people.set(id, null);
      }
    })());
  }
  await Promise.all(reads);
  return people;
}

/** The data with everybody called as they are now. */
export function namedNow<T extends object>(
  data: T,
  people: People | undefined,
  gone: string,
): T {
  if (!people || people.size === 0) return data;
  const named: Data = { ...data };
  for (const one of NAMED) {
    const person = people.get(named[one.id] as string);
    if (person === undefined) continue;
    named[one.name] = person?.name ?? gone;
    if ("handle" in one) named[one.handle] = person?.handle ?? "—";
  }
  return named as T;
}
