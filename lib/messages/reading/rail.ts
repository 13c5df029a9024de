import type { Deps } from "../../platform.ts";
import { formatPosition } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import { readChoices } from "../choices/overview.ts";
import { countUnread, readStanding } from "./counts.ts";
import { markRead, type ReadingDeps } from "./mark.ts";
import { listOwnRooms } from "./rooms.ts";
import type { RailRoom } from "./types.ts";

/** Somebody's rooms with what is unread in each, starred ones first, then the latest. */
export async function listRail(
  deps: Pick<Deps, "kv" | "log" | "policy" | "now">,
  reader: Pick<User, "id" | "role">,
): Promise<RailRoom[]> {
  const [own, choices] = await Promise.all([
    listOwnRooms(deps, reader.id),
    readChoices(deps, reader.id),
  ]);
  // Before the counts: what comes between is heard again rather than missed.
  const heads = await deps.log.heads(own.map(({ room }) => room.name));
  const rooms = await Promise.all(own.map(async ({ room, ...about }) => {
    const standing = await readStanding(deps, room, reader.id);
    const state = await countUnread(deps, room, reader, standing);
    const { last } = standing.room;
    return {
      ...about,
      ...state,
      last: last && {
        id: last.id,
        authorId: last.authorId,
        excerpt: last.excerpt,
        at: last.at,
      },
      head: formatPosition(heads.get(room.name)!),
      starred: choices.starred.has(room.name),
      muted: choices.muted(room),
    } satisfies RailRoom;
  }));
  return rooms.sort((a, b) =>
    Number(b.starred) - Number(a.starred) ||
    (b.last?.at ?? 0) - (a.last?.at ?? 0)
  );
}

/** Marks every room read; those that are read already are left alone. */
export async function markAllRead(
  deps: ReadingDeps,
  reader: Pick<User, "id" | "role">,
): Promise<RailRoom[]> {
  const rooms = await listOwnRooms(deps, reader.id);
  await Promise.all(
    rooms.map(({ room }) => markRead(deps, room, reader, { kind: "all" })),
  );
  return await listRail(deps, reader);
}
