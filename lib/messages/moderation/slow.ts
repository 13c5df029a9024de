import { SECOND } from "../../clock.ts";
import { type Check, keys, unchanged } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { Channel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import type { AuthorHead } from "../ledger.ts";
import type { RoomSettings } from "./types.ts";

/**
 * What slow mode demands of a send: a check that the author has not written meanwhile, so that of many sends at once
 * one gets through; and the milliseconds still to wait. Officers are free of it.
 */
export async function slowMode(
  { kv, policy, now }: Pick<Deps, "kv" | "policy" | "now">,
  room: Channel,
  author: Pick<User, "id" | "role">,
): Promise<{ checks: Check[]; wait: number }> {
  const [settings, head] = await kv.getMany<[RoomSettings, AuthorHead]>([
    keys.roomSettings(room.name),
    keys.author(room.name, author.id),
  ]);
  const pause = (settings.value?.slowSeconds ?? 0) * SECOND;
  if (pause === 0 || await policy.may(author, "administer", room)) {
    return { checks: [], wait: 0 };
  }
  const wait = head.value === null ? 0 : head.value.lastAt + pause - now();
  return { checks: [unchanged(head)], wait: Math.max(0, wait) };
}
