import type { NewJob } from "../queue/types.ts";
import type { Message } from "./types.ts";

/** The job that takes away files which no message brings any more; handled by `lib/uploads`. */
export const DROP_FILES = "uploads:drop";

/** The job that takes away what a deleted message had brought. */
export function dropFilesJob(
  { channel, attachments }: Pick<Message, "channel" | "attachments">,
): NewJob[] {
  return attachments.length === 0 ? [] : [{
    kind: DROP_FILES,
    payload: { channel, ids: attachments.map(({ id }) => id) },
  }];
}
