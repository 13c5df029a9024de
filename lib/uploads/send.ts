import { NexoraError } from "../errors.ts";
import { type Check, keys, type Mutation, set, unchanged } from "../kv/mod.ts";
import type { Attachment } from "../messages/types.ts";
import { MAX_FILES, type Upload } from "./types.ts";

/** Files that go with a message, and what makes them its own in the same commit. */
export interface Enclosed {
  attachments: Attachment[];
  also: { events: []; checks: Check[]; mutations: Mutation[] };
}

/**
 * Encloses files that the author has uploaded into the same room. Sending the same message again, by its client id,
 * encloses them again; another message may not bring them a second time.
 *
 * @throws {NexoraError} `not_found` for files that are not the author's, not there or sent already; `bad_request`
 */
export async function enclose(
  kv: Deno.Kv,
  { channel, ownerId, ids, clientId }: {
    channel: string;
    ownerId: string;
    ids: string[];
    clientId: string | undefined;
  },
): Promise<Enclosed> {
  if (ids.length > MAX_FILES) {
    throw new NexoraError("bad_request", undefined, {
      fields: { attachments: `At most ${MAX_FILES} files` },
    });
  }
  const entries = await kv.getMany<Upload[]>(
    ids.map((id) => keys.upload(channel, id)),
  );
  const sentWith = clientId ?? crypto.randomUUID();
  const enclosed: Enclosed = {
    attachments: [],
    also: { events: [], checks: [], mutations: [] },
  };
  for (const { value, key, versionstamp } of entries) {
    const taken = value?.sentWith ?? null;
    if (
      value?.ownerId !== ownerId || (taken !== null && taken !== sentWith)
    ) {
      throw new NexoraError(
        "not_found",
        "A file is not there any more, upload it again",
      );
    }
    enclosed.attachments.push(value.attachment);
    if (taken !== null) continue;
    enclosed.also.checks.push(
      unchanged({ key, value, versionstamp } as Deno.KvEntry<Upload>),
    );
    enclosed.also.mutations.push(
      set(key, { ...value, sentWith } satisfies Upload),
    );
  }
  return enclosed;
}
