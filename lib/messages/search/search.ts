import { NexoraError } from "../../errors.ts";
import type { Deps } from "../../platform.ts";
import { type Channel, parseChannel } from "../../realtime/mod.ts";
import { plainText } from "../../markdown/mod.ts";
import { excerptOf, fold, highlight, type Piece } from "../../search/mod.ts";
import { getUserByHandle, type User } from "../../users/mod.ts";
import { placed } from "../find.ts";
import { listBlocked } from "../moderation/blocks.ts";
import { listOwnRooms } from "../reading/rooms.ts";
import { isRoom } from "../room.ts";
import { roomName } from "../room_name.ts";
import type { StoredMessage } from "../rows.ts";
import type { PlacedMessage } from "../types.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { type RoomQuery, searchRoom } from "./in_room.ts";
import { isEmpty, parseMessageQuery } from "./query.ts";

export interface SearchMessages {
  /** What was typed; see `parseMessageQuery`. */
  q: string;
  /** Of an earlier answer. */
  cursor?: string;
  /** 1–50; default 20. */
  limit?: number;
}

export interface MessageHit {
  message: PlacedMessage;
  room: {
    channel: string;
    kind: "guild" | "dm" | "dispute";
    name: string;
    handle: string | null;
  };
  /** The part of the text around the first hit, as pieces. */
  snippet: Piece[];
}

export interface MessageHits {
  /** The newest first. */
  results: MessageHit[];
  cursor: string | null;
}

/**
 * Finds messages in the rooms that the reader may see now. Each room is read only as far as the answer needs.
 *
 * @throws {NexoraError} `bad_request`
 */
export async function searchMessages(
  deps: Pick<Deps, "kv" | "policy">,
  reader: Pick<User, "id" | "role" | "handle">,
  { q, cursor, limit = 20 }: SearchMessages,
): Promise<MessageHits> {
  const { kv } = deps;
  const query = parseMessageQuery(q);
  if (isEmpty(query)) return { results: [], cursor: null };
  const [fromIds, hidden, rooms] = await Promise.all([
    authors(kv, reader, query.from),
    listBlocked({ kv }, reader.id),
    searchable(deps, reader, query.in),
  ]);
  const asked: RoomQuery = { ...query, fromIds, hidden: new Set(hidden) };
  const below = decodeCursor(cursor);
  const streams = rooms.map((about) => ({
    about,
    found: searchRoom(kv, about.channel, asked, below.get(about.channel)),
    next: null as StoredMessage | null,
  }));
  const advance = async (stream: typeof streams[number]) => {
    const { done, value } = await stream.found.next();
    stream.next = done ? null : value;
  };
  await Promise.all(streams.map(advance));
  const words = query.words.map(({ word }) => word);
  const results: MessageHit[] = [];
  while (results.length < limit) {
    const first = streams.filter((stream) => stream.next !== null)
      .sort((a, b) => b.next!.sentAt - a.next!.sentAt)[0];
    if (!first) return { results, cursor: null };
    const message = first.next!;
    below.set(first.about.channel, message.entry);
    results.push({
      message: placed(message),
      room: first.about,
      snippet: highlight(excerptOf(plainText(message.content), words), words),
    });
    await advance(first);
  }
  const more = streams.some((stream) => stream.next !== null);
  return { results, cursor: more ? encodeCursor(below) : null };
}

/** Ids behind `from:`; nobody of that name is nobody's messages. */
async function authors(
  kv: Deno.Kv,
  reader: Pick<User, "id" | "handle">,
  handles: string[],
): Promise<string[] | null> {
  if (handles.length === 0) return null;
  const ids = await Promise.all(
    handles.map(async (handle) =>
      handle === "me" ? reader.id : (await getUserByHandle(kv, handle))?.id
    ),
  );
  return ids.filter((id) => id !== undefined);
}

/** The rooms to look in: the reader's own, narrowed by `in:`, which also names a room that an admin may see. */
async function searchable(
  deps: Pick<Deps, "kv" | "policy">,
  reader: Pick<User, "id" | "role">,
  wanted: string[],
): Promise<MessageHit["room"][]> {
  const own = await listOwnRooms(deps, reader.id);
  const rooms = own.map(({ room, kind, name, handle }) => ({
    channel: room.name,
    kind,
    name,
    handle,
  }));
  if (wanted.length === 0) return rooms;
  const fits = ({ channel, name, handle }: MessageHit["room"]) =>
    wanted.some((one) =>
      channel === one || handle === one.toLowerCase() ||
      (name !== "" && fold(name).startsWith(fold(one)))
    );
  const found = rooms.filter(fits);
  const known = new Set(found.map(({ channel }) => channel));
  for (const one of wanted) {
    const room = known.has(one) ? null : parseChannel(one);
    if (room && isRoom(room) && await deps.policy.may(reader, "see", room)) {
      found.push(await aboutRoom(deps.kv, room));
    }
  }
  return found;
}

async function aboutRoom(
  kv: Deno.Kv,
  room: Channel,
): Promise<MessageHit["room"]> {
  const { kind } = room.subject;
  if (kind !== "guild" && kind !== "dm" && kind !== "dispute") {
    throw new NexoraError("not_found");
  }
  return {
    channel: room.name,
    kind,
    name: await roomName(kv, room),
    handle: null,
  };
}
