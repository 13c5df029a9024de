import { type Cache, userProfileKey } from "../cache/mod.ts";
import { keys } from "../kv/mod.ts";
import { getUser, publicUser } from "./find.ts";
import type { PublicUser } from "./types.ts";

/** Somebody as others see them, from the cache: at most five minutes old, and forgotten when it changes. */
export async function getProfile(
  { kv, cache }: { kv: Deno.Kv; cache: Cache },
  userId: string,
): Promise<PublicUser | null> {
  return await cache.getOrSet(userProfileKey(userId), async () => {
    const user = await getUser(kv, userId);
    return user && publicUser(user);
  });
}

/** As `getProfile`, by handle; `null` when nobody has it. */
export async function getProfileByHandle(
  deps: { kv: Deno.Kv; cache: Cache },
  handle: string,
): Promise<PublicUser | null> {
  const { value } = await deps.kv.get<string>(keys.userByHandle(handle));
  return value === null ? null : await getProfile(deps, value);
}
