import { NexoraError } from "../errors.ts";
import { del, keys, type Mutation, set, unchanged } from "../kv/mod.ts";
import { asks, settleAsk } from "../notifications/asks.ts";
import { type Channel, parseChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { decideOnMessage, type MessageDeps } from "./change.ts";
import { withLastWords } from "./edit.ts";
import { dropFilesJob } from "./files.ts";
import { placed, readStored } from "./find.ts";
import { wordsOf } from "./history.ts";
import { mentionChange } from "./mention_change.ts";
import { auditRow } from "./moderation/audit.ts";
import { messageRow, type StoredMessage } from "./rows.ts";
import { withoutReply } from "./thread.ts";
import { NOBODY } from "./mentions.ts";
import type { ParentChange, PlacedMessage } from "./types.ts";

export interface RemoveMessage {
  channel: string;
  id: string;
  /** Its author, or an officer of the room. */
  by: Pick<User, "id" | "role">;
}

/**
 * Takes a message away and leaves a tombstone in its place. Its words go, with their history; in a dispute they stay
 * in the history, for everybody in the room. Deleting twice changes nothing.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition` in a dispute that has ended
 */
export async function removeMessage(
  deps: MessageDeps,
  { channel, id, by }: RemoveMessage,
): Promise<PlacedMessage> {
  const { kv, policy } = deps;
  const room = parseChannel(channel)!;
  const dispute = room.subject.kind === "dispute";
  return await decideOnMessage<PlacedMessage>(
    deps,
    channel,
    id,
    async (stored) => {
      const own = stored.authorId === by.id;
      if (!own && !await policy.may(by, "administer", room)) {
        throw new NexoraError(
          "forbidden",
          "Only its author and officers delete a message",
        );
      }
      if (stored.deleted) return { done: placed(stored) };
      if (dispute && await hasEnded(policy, by, room)) {
        throw new NexoraError(
          "illegal_transition",
          "The dispute has ended, and its room is kept as it was said",
        );
      }
      const at = deps.now();
      const after: StoredMessage = {
        ...stored,
        content: "",
        quote: null,
        attachments: [],
        reactions: [],
        pinned: null,
        mentions: NOBODY,
        deleted: { at, byId: by.id },
        ...(dispute
          ? {
            versions: [...stored.versions, stored.wordsSince],
            lost: { quote: stored.quote, attachments: stored.attachments },
          }
          : { versions: [] }),
      };
      const { rows } = await mentionChange(kv, stored, after);
      if (stored.pinned) rows.push(del(keys.pin(channel, id)));
      if (!own) {
        rows.push(auditRow(deps, {
          channel,
          at,
          actorId: by.id,
          action: "message_deleted",
          targetId: id,
          detail: { authorId: stored.authorId },
        }));
      }
      // Notifications quote it.
      const quoted = settleAsk({
        ask: asks.readMessage(id),
        outcome: "removed",
        byId: by.id,
      }, at);
      rows.push(
        ...(dispute
          ? keptWords(stored)
          : [...lostWords(stored), ...quoted.mutations]),
      );
      const parent = stored.parentId === null
        ? null
        : await readStored(kv, channel, stored.parentId);
      const answered = parent &&
        await withoutReply(kv, parent.value, stored.order);
      if (answered) rows.push(messageRow(answered));
      const change: ParentChange | null = answered && {
        id: answered.id,
        thread: answered.thread,
        revision: answered.revision,
      };
      return {
        message: after,
        event: {
          name: "message:delete",
          data: {
            deleted: after.deleted,
            ...(change && { parent: change }),
          },
        },
        ledger: { kind: "delete", byId: by.id, at },
        checks: parent ? [unchanged(parent)] : [],
        mutations: rows,
        // In a dispute nothing that was shown is lost.
        jobs: dispute ? [] : [...dropFilesJob(stored), ...quoted.jobs],
        roomChange: (head) => withLastWords(head, after),
        result: placed,
      };
    },
  );
}

async function hasEnded(
  policy: MessageDeps["policy"],
  by: RemoveMessage["by"],
  room: Channel,
): Promise<boolean> {
  return (await policy.refusal(by, "write", room))?.reason === "ended";
}

/** In a dispute nothing that was said is lost. */
function keptWords(stored: StoredMessage): Mutation[] {
  const version = wordsOf(stored);
  const { channel, id } = stored;
  return [set(keys.messageVersion(channel, id, version.revision), version)];
}

function lostWords({ channel, id, versions }: StoredMessage): Mutation[] {
  return versions.map((revision) =>
    del(keys.messageVersion(channel, id, revision))
  );
}
