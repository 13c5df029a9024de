import { type Cache, userProfileKey } from "../../cache/mod.ts";
import type { NewJob } from "../../queue/types.ts";

export const PROFILE_CHANGED_KIND = "profile-changed";

/**
 * Makes all isolates forget a profile. A job of the change's own atomic: a process that dies after the commit cannot
 * leave an old profile behind.
 */
export function profileChangedJob(userId: string): NewJob {
  return { kind: PROFILE_CHANGED_KIND, payload: { userId } };
}

export async function forgetProfile(
  cache: Cache,
  userId: string,
): Promise<void> {
  await cache.delete(userProfileKey(userId));
}
