import { z } from "zod";
import { NexoraError } from "../../errors.ts";
import { commit, keys, set, unchanged } from "../../kv/mod.ts";
import type { NewJob } from "../../queue/types.ts";
import type { User } from "../../users/mod.ts";
import type { InboxDeps } from "../change.ts";
import { sendNotification } from "../send.ts";
import type { Announcement } from "./types.ts";

export const TELL_KIND = "announcement-tell";

export const TellPayload = z.object({
  id: z.string(),
  cursor: z.string().nullable(),
});
type Tell = z.infer<typeof TellPayload>;

/** People told by one job: a few seconds of work, which a worker that is killed costs at most. */
const PAGE = 500;
/** At once; the log groups them into few commits. */
const AT_ONCE = 250;

/** The job that tells the people after `cursor`. */
export function tellJob(payload: Tell): NewJob {
  return { kind: TELL_KIND, payload };
}

/**
 * Tells a page of people, then commits how far it came together with the job of the next page. A worker that dies
 * leaves its page to another, which tells those again whom it has not told: each one's key makes it once. Nobody is
 * passed over, since the cursor moves only when all before it are told.
 */
export async function tellPage(
  deps: InboxDeps,
  { id, cursor }: Tell,
  signal: AbortSignal,
): Promise<void> {
  const { kv, queue } = deps;
  const row = await kv.get<Announcement>(keys.announcement(id));
  const announcement = row.value;
  // Another worker took this page over and finished it.
  if (announcement === null || announcement.cursor !== cursor) return;
  const prefix = keys.usersPrefix();
  const userIds = await Array.fromAsync(
    kv.list<User>(
      cursor === null
        ? { prefix }
        : { prefix, start: [...prefix, `${cursor}\u0000`] },
      { limit: PAGE },
    ),
    (entry) => entry.key.at(-1) as string,
  );
  for (let i = 0; i < userIds.length; i += AT_ONCE) {
    signal.throwIfAborted();
    await Promise.all(
      userIds.slice(i, i + AT_ONCE).map((userId) =>
        tellOne(deps, userId, announcement)
      ),
    );
  }
  const last = userIds.at(-1) ?? cursor;
  const finished = userIds.length < PAGE;
  const after: Announcement = {
    ...announcement,
    cursor: last,
    told: announcement.told + userIds.length,
    finishedAt: finished ? deps.now() : null,
  };
  const next = queue.plan(finished ? [] : [tellJob({ id, cursor: last })]);
  // If it fails, somebody else has committed the same.
  const committed = await commit(kv, {
    checks: [unchanged(row), ...next.checks],
    mutations: [set(row.key, after), ...next.mutations],
  });
  if (committed) queue.ring();
}

async function tellOne(
  deps: InboxDeps,
  userId: string,
  { id, title, body, link }: Announcement,
): Promise<void> {
  try {
    await sendNotification(deps, {
      userId,
      type: "announcement",
      data: { announcementId: id, title, body, ...link ? { link } : {} },
      key: `announcement:${id}`,
    });
  } catch (error) {
    // An account that is gone must not keep the others from being told.
    if (!(error instanceof NexoraError && error.code === "not_found")) {
      throw error;
    }
  }
}
