import { NexoraError } from "../../errors.ts";
import { absent, keys, set } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import { GLOBAL_CHANNEL, parseChannel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import { tellJob } from "./tell_job.ts";
import type { Announced, Announcement, NewAnnouncement } from "./types.ts";

type AnnounceDeps = Pick<
  Deps,
  "now" | "newId" | "log" | "queue" | "policy"
>;

const EVERYBODY = parseChannel(GLOBAL_CHANNEL)!;

/**
 * Tells everybody: open pages hear it at once on `platform-global`, and jobs put it into every inbox, some hundred
 * people at a time.
 *
 * @throws {NexoraError} `forbidden` to all but admins
 */
export async function announce(
  { now, newId, log, queue, policy }: AnnounceDeps,
  actor: Pick<User, "id" | "role">,
  { title, body, link }: NewAnnouncement,
): Promise<Announcement> {
  if (!await policy.may(actor, "write", EVERYBODY)) {
    throw new NexoraError("forbidden", "This is for admins");
  }
  const announcement: Announcement = {
    id: newId(),
    title,
    body,
    link: link ?? null,
    byId: actor.id,
    at: now(),
    cursor: null,
    told: 0,
    finishedAt: null,
  };
  const { id, at } = announcement;
  const { checks, mutations } = queue.plan([tellJob({ id, cursor: null })]);
  await log.append({
    events: [{
      channel: GLOBAL_CHANNEL,
      event: "notification:new",
      data: {
        announcement: { id, title, body, link: announcement.link, at },
      } satisfies Announced,
    }],
    checks: [absent(keys.announcement(id)), ...checks],
    mutations: [set(keys.announcement(id), announcement), ...mutations],
  });
  queue.ring();
  return announcement;
}

/** What was announced, the latest first. */
export async function listAnnouncements(
  { kv }: Pick<Deps, "kv">,
  limit = 50,
): Promise<Announcement[]> {
  return await Array.fromAsync(
    kv.list<Announcement>({ prefix: keys.announcements() }, {
      reverse: true,
      limit,
    }),
    (row) => row.value,
  );
}
