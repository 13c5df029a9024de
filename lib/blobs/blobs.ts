import { createHash } from "node:crypto";
import { HOUR, MINUTE } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import {
  type Change,
  commit,
  del,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import { chunksOf } from "./parts.ts";
import type {
  BlobBodies,
  BlobBody,
  BlobInfo,
  ByteRange,
  NewBlob,
} from "./types.ts";

/** Bytes of a blob, unless its owner says otherwise. */
export const BLOB_LIMIT = 25_000_000;
export const SWEEP_BLOB_KIND = "sweep-blob";
/** Within this an upload has ended, in milliseconds. */
const UPLOAD_LIFE = HOUR;
/** Who is reading a content that is replaced has this long to finish, in milliseconds. */
const READ_LIFE = 5 * MINUTE;

/** A content that is stored and not yet anybody's. */
export interface StagedBlob {
  info: BlobInfo;
  /** Makes it the blob of its key; without this commit it is swept an hour later. */
  plan(): Promise<Required<Change> & { jobs: NewJob[] }>;
}

export interface Blobs {
  /**
   * Stores a content: streaming, in bounded memory, hashed on the way.
   *
   * @throws {NexoraError} `too_large` over the limit, `store_unavailable`; nothing is left behind
   */
  put(blob: NewBlob, body: BlobBody): Promise<BlobInfo>;
  /** As `put`, for rows that belong into an atomic of yours. */
  stage(blob: NewBlob, body: BlobBody): Promise<StagedBlob>;
  /** What is known of a blob, `null` if there is none. */
  head(key: string): Promise<BlobInfo | null>;
  /** The content, or a range of it within its size. */
  open(info: BlobInfo, range?: ByteRange): ReadableStream<Uint8Array>;
  /** Rows and jobs that take a blob away, for an atomic of yours. */
  planDelete(info: BlobInfo): Required<Change> & { jobs: NewJob[] };
  /** Takes a blob away; `false` if there was none. */
  delete(key: string): Promise<boolean>;
}

export interface BlobsOptions extends Pick<Deps, "kv" | "now" | "newId"> {
  queue: Pick<Deps["queue"], "plan" | "enqueue" | "ring">;
  bodies: BlobBodies;
  /** Where contents of earlier times lie, by name, when `bodies` has changed. */
  others?: BlobBodies[];
}

/**
 * Blobs of the platform: what is known of one is a row of the store, its content lies in `bodies`. A content is never
 * changed: a replaced or deleted one is swept when its readers had time to finish, and so is one whose upload died.
 */
export function createBlobs(options: BlobsOptions): Blobs {
  const { kv, now, newId, queue, bodies, others = [] } = options;
  const bodiesOf = ({ store }: Pick<BlobInfo, "store">) => {
    const found = [bodies, ...others].find(({ name }) => name === store);
    if (found) return found;
    throw new NexoraError("store_unavailable", undefined, {
      cause: new Error(`There is no blob store ${store}`),
    });
  };

  async function stage(
    { key, type, name, limit = BLOB_LIMIT }: NewBlob,
    body: BlobBody,
  ): Promise<StagedBlob> {
    const bodyId = `${key}/${newId()}`;
    const sweep = { key, store: bodies.name, bodyId };
    await queue.enqueue(sweepJob(sweep, UPLOAD_LIFE));
    const measured = measure(chunksOf(body), limit);
    try {
      await bodies.write(bodyId, type, measured.chunks);
    } catch (error) {
      await bodies.remove(bodyId).catch(() => {});
      throw error;
    }
    const info: BlobInfo = {
      ...sweep,
      ...measured.result(),
      type,
      ...(name !== undefined && { name }),
      createdAt: now(),
    };
    return {
      info,
      async plan() {
        const before = await kv.get<BlobInfo>(keys.blob(key));
        return {
          checks: [unchanged(before)],
          mutations: [set(keys.blob(key), info)],
          jobs: before.value ? [sweepJob(before.value, READ_LIFE)] : [],
        };
      },
    };
  }

  async function head(key: string): Promise<BlobInfo | null> {
    return (await kv.get<BlobInfo>(keys.blob(key))).value;
  }

  function planDelete(info: BlobInfo) {
    return {
      checks: [],
      mutations: [del(keys.blob(info.key))],
      jobs: [sweepJob(info, READ_LIFE)],
    };
  }

  async function commitWith(
    change: Required<Change> & { jobs: NewJob[] },
  ): Promise<boolean> {
    const jobs = queue.plan(change.jobs);
    const done = await commit(kv, {
      checks: [...change.checks, ...jobs.checks],
      mutations: [...change.mutations, ...jobs.mutations],
    });
    if (done && change.jobs.length > 0) queue.ring();
    return done;
  }

  return {
    stage,
    head,
    planDelete,
    async put(blob, body) {
      const staged = await stage(blob, body);
      return await retryConflicts(async () =>
        await commitWith(await staged.plan()) ? staged.info : null
      );
    },
    open(info, range = { from: 0, to: info.size - 1 }) {
      if (info.size === 0) return ReadableStream.from([]);
      return bodiesOf(info).read(info.bodyId, range);
    },
    delete(key) {
      return retryConflicts<{ there: boolean }>(async () => {
        const entry = await kv.get<BlobInfo>(keys.blob(key));
        if (entry.value === null) return { there: false };
        const plan = planDelete(entry.value);
        const checks = [unchanged(entry)];
        return await commitWith({ ...plan, checks }) ? { there: true } : null;
      }).then(({ there }) => there);
    },
  };
}

/** The job that removes a content unless it is its key's. */
function sweepJob(
  { key, store, bodyId }: Pick<BlobInfo, "key" | "store" | "bodyId">,
  delay: number,
): NewJob {
  return { kind: SWEEP_BLOB_KIND, payload: { key, store, bodyId }, delay };
}

/** Passes chunks on, counting and hashing them. */
function measure(body: AsyncIterable<Uint8Array>, limit: number) {
  const hash = createHash("sha256");
  let size = 0;
  return {
    chunks: (async function* () {
      for await (const chunk of body) {
        size += chunk.length;
        if (size > limit) {
          throw new NexoraError(
            "too_large",
            `The file is too large: at most ${readable(limit)} fit`,
          );
        }
        hash.update(chunk);
        yield chunk;
      }
    })(),
    result: () => ({ size, sha256: hash.digest("hex") }),
  };
}

function readable(bytes: number): string {
  return bytes >= 1_000_000
    ? `${Math.floor(bytes / 1_000_000)} MB`
    : `${Math.floor(bytes / 1_000)} kB`;
}
