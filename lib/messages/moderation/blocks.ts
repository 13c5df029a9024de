import { NexoraError } from "../../errors.ts";
import { commit, del, keys, set } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import { getUser } from "../../users/mod.ts";

/** People that somebody can block. */
const MOST = 1_000;

/**
 * Blocks somebody: neither writes to the other, and what they say in shared rooms is hidden from the blocker by
 * default. They are not told. Blocking twice changes nothing.
 *
 * @throws {NexoraError} `not_found`, `bad_request` for oneself, `illegal_transition` for too many
 */
export async function blockUser(
  { kv, now }: Pick<Deps, "kv" | "now">,
  userId: string,
  blockedId: string,
): Promise<void> {
  if (userId === blockedId) {
    throw new NexoraError("bad_request", "One cannot block oneself");
  }
  if (await getUser(kv, blockedId) === null) {
    throw new NexoraError("not_found", "There is no such person");
  }
  if ((await listBlocked({ kv }, userId)).length >= MOST) {
    throw new NexoraError(
      "illegal_transition",
      `At most ${MOST} people can be blocked`,
    );
  }
  await commit(kv, {
    mutations: [set(keys.block(userId, blockedId), { at: now() })],
  });
}

/** Takes a block back; nothing happens if there was none. */
export async function unblockUser(
  { kv }: Pick<Deps, "kv">,
  userId: string,
  blockedId: string,
): Promise<void> {
  await commit(kv, { mutations: [del(keys.block(userId, blockedId))] });
}

/** Ids of those whom somebody has blocked. */
export async function listBlocked(
  { kv }: Pick<Deps, "kv">,
  userId: string,
): Promise<string[]> {
  const rows = kv.list({ prefix: keys.blocks(userId) }, { limit: MOST });
  return await Array.fromAsync(rows, ({ key }) => String(key.at(-1)));
}
