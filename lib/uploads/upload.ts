import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { type Blobs, CARRIES_METADATA, withoutMetadata } from "../blobs/mod.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { commit, keys, retryConflicts, set } from "../kv/mod.ts";
import type { Attachment } from "../messages/types.ts";
import type { Deps } from "../platform.ts";
import { DROP_FILES } from "../messages/mod.ts";
import { lookAt, peek } from "./look.ts";
import { type Upload, UPLOAD_LIMIT } from "./types.ts";

/** A day's work has fewer files; a script that fills the store is slowed down. */
const UPLOADS: AttemptLimit = {
  scope: "upload",
  free: 200,
  firstDelay: 10 * SECOND,
  maxDelay: 15 * MINUTE,
  forgetAfter: HOUR,
};
/** A file that no message has brought is taken away after this. Milliseconds. */
export const UNSENT_KEPT = DAY;

export type UploadDeps = Pick<Deps, "kv" | "now" | "newId" | "queue"> & {
  blobs: Blobs;
};

export const blobKey = (channel: string, id: string) =>
  `uploads/${channel}/${id}`;

/**
 * Takes a file for a room, streaming; out of a picture goes what its camera wrote into it. What it is, its content
 * says, whatever its name or the sender claims.
 *
 * @throws {NexoraError} `too_large`, `rate_limited`, `bad_request` for an empty file
 */
export async function uploadFile(
  deps: UploadDeps,
  { channel, ownerId, name, body }: {
    channel: string;
    ownerId: string;
    name: string;
    body: ReadableStream<Uint8Array>;
  },
): Promise<Attachment> {
  const { kv, now, newId, queue, blobs } = deps;
  await countAttempt(deps, UPLOADS, ownerId);
  const { head, all } = await peek(body);
  if (head.length === 0) {
    throw new NexoraError("bad_request", "The file is empty");
  }
  const look = await lookAt(head);
  const id = newId();
  const key = blobKey(channel, id);
  const staged = await blobs.stage(
    { key, type: look.type, name, limit: UPLOAD_LIMIT },
    CARRIES_METADATA.has(look.type)
      ? ReadableStream.from(withoutMetadata(look.type, limited(all)))
      : all,
  );
  const attachment: Attachment = {
    id,
    name,
    size: staged.info.size,
    ...look,
  };
  const row: Upload = {
    channel,
    ownerId,
    attachment,
    sentWith: null,
    createdAt: now(),
  };
  await retryConflicts(async () => {
    const plan = await staged.plan();
    const jobs = queue.plan([...plan.jobs, {
      kind: DROP_FILES,
      payload: { channel, ids: [id], unsent: true },
      delay: UNSENT_KEPT,
    }]);
    return await commit(kv, {
      checks: [...plan.checks, ...jobs.checks],
      mutations: [
        set(keys.upload(channel, id), row),
        ...plan.mutations,
        ...jobs.mutations,
      ],
    }) || null;
  });
  return attachment;
}

/** What comes, up to `UPLOAD_LIMIT`: also of what is then left out. @throws {NexoraError} `too_large` */
async function* limited(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > UPLOAD_LIMIT) {
      throw new NexoraError(
        "too_large",
        `A file may have ${UPLOAD_LIMIT} bytes at most`,
      );
    }
    yield part;
  }
}
