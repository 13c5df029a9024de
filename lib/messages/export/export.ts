import { NexoraError } from "../../errors.ts";
import { commit, keys } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { Channel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import { EMPTY_ROOM, type RoomHead } from "../ledger.ts";
import { auditRow } from "../moderation/audit.ts";
import { roomName } from "../room_name.ts";
import { exportEntries } from "./entries.ts";
import { htmlOf } from "./html.ts";
import { jsonOf } from "./json.ts";
import { EXPORT_FORMAT, type ExportHead } from "./types.ts";

/** The end of a room's chain: whoever has noted it down can tell later whether an export holds the same. */
export async function getChain(
  { kv }: Pick<Deps, "kv">,
  channel: string,
): Promise<ExportHead["chain"]> {
  const { value } = await kv.get<RoomHead>(keys.room(channel));
  const { entries, hash } = value ?? EMPTY_ROOM;
  return { entries, hash };
}

/**
 * Everything that was said in a room up to now, as a stream of JSON or HTML, and a row in the audit log that says so.
 * In guilds it is for officers, in disputes and direct messages for everybody in them.
 *
 * @throws {NexoraError} `forbidden`
 */
export async function exportRoom(
  deps: Pick<Deps, "kv" | "now" | "newId" | "policy">,
  room: Channel,
  by: Pick<User, "id" | "handle" | "name" | "role">,
  format: "json" | "html",
): Promise<ReadableStream<Uint8Array>> {
  const { kv, now, policy } = deps;
  const { name: channel, subject } = room;
  if (
    subject.kind === "guild" && !await policy.may(by, "administer", room)
  ) {
    throw new NexoraError("forbidden", "Officers export a guild's room");
  }
  const head: ExportHead = {
    format: EXPORT_FORMAT,
    room: { channel, kind: subject.kind, name: await roomName(kv, room) },
    exportedAt: now(),
    exportedBy: { id: by.id, handle: by.handle, name: by.name },
    chain: await getChain({ kv }, channel),
  };
  await commit(kv, {
    mutations: [auditRow(deps, {
      channel,
      at: head.exportedAt,
      actorId: by.id,
      action: "room_exported",
      targetId: null,
      detail: { format, entries: head.chain.entries, hash: head.chain.hash },
    })],
  });
  const entries = exportEntries(kv, channel, head.chain.entries);
  const text = format === "json"
    ? jsonOf(head, entries)
    : htmlOf(head, entries);
  return ReadableStream.from(text).pipeThrough(new TextEncoderStream());
}
