import type { RoomChoice } from "../../messages/choices/types.ts";
import type { RailRoom } from "../../messages/reading/types.ts";
import { comparePositions, parsePosition } from "../position.ts";
import { call } from "./api.ts";
import type { ChannelEvent } from "./feed.ts";
import { isFields } from "./frames.ts";
import { readMessage } from "./messages.ts";
import type { Page } from "./page.ts";

/** What of a room the rail follows. */
export type LiveRoom =
  & { picture?: string }
  & Pick<
    RailRoom,
    | "channel"
    | "kind"
    | "subjectId"
    | "name"
    | "handle"
    | "unread"
    | "mentions"
    | "upTo"
    | "revision"
    | "head"
    | "starred"
    | "muted"
  >;

/** Milliseconds in which several reasons to read the rooms again are one. */
const TOGETHER = 500;

/** Notifications after which there may be a room that the rail does not know. */
const NEW_ROOMS = ["direct_message", "guild_application_accepted"];

/**
 * Follows what is unread in somebody's rooms: their messages as they come, and how far the reader has read on whichever
 * device. Counts begin with what the server told and take in each later message once.
 */
export class Rooms {
  readonly #page: Page;
  readonly #userId: string;
  readonly #changed: (rooms: LiveRoom[]) => void;
  readonly #heard: (event: ChannelEvent) => void;
  readonly #since: string;
  #rooms: LiveRoom[];
  readonly #leave = new Map<string, () => void>();
  #again: (() => void) | null = null;
  #end = () => {};

  constructor(
    page: Page,
    userId: string,
    rooms: readonly LiveRoom[],
    /** Where the reader's own channel stood before these were read. */
    since: string,
    changed: (rooms: LiveRoom[]) => void,
    heard: (event: ChannelEvent) => void = () => {},
  ) {
    this.#page = page;
    this.#userId = userId;
    this.#rooms = [...rooms];
    this.#since = since;
    this.#changed = changed;
    this.#heard = heard;
  }

  start(): () => void {
    this.#end = this.#page.client.subscribe(`private-user-${this.#userId}`, {
      since: this.#since,
      onEvent: ({ event, data }) => {
        if (!isFields(data)) return;
        if (event === "room:read") this.#read(data);
        else if (event === "room:choice") this.#choose(data);
        else if (event === "notification:new" && isNewRoom(data)) {
          this.#readAgain();
        }
      },
      onExpired: () => this.#readAgain(),
    });
    this.#follow();
    return () => {
      this.#end();
      this.#again?.();
      for (const leave of this.#leave.values()) leave();
      this.#leave.clear();
    };
  }

  #follow(): void {
    for (const { channel, head } of this.#rooms) {
      if (this.#leave.has(channel)) continue;
      this.#leave.set(
        channel,
        this.#page.client.subscribe(channel, {
          // Not from the last message: a quiet room's is older than what the log keeps.
          since: head,
          onEvent: (event) => {
            this.#heard(event);
            this.#hear(event);
          },
          onExpired: () => this.#readAgain(),
        }),
      );
    }
  }

  #hear({ channel, event, data, position }: ChannelEvent): void {
    const message = event === "message:new" ? readMessage(data) : null;
    if (!message || message.authorId === this.#userId) return;
    const { mentions, parentId } = message;
    const named = mentions?.everyone ||
      mentions?.userIds.includes(this.#userId);
    // Whether the reader is one of the officers only the server knows.
    if (mentions?.officers && !named) this.#readAgain();
    this.#change(channel, (room) => {
      if (!isAfter(position, room.upTo)) return room;
      return {
        ...room,
        // Replies stand in their thread.
        unread: room.unread + (parentId ? 0 : 1),
        mentions: room.mentions + (named ? 1 : 0),
        upTo: position ?? room.upTo,
      };
    });
  }

  #read(data: Record<string, unknown>): void {
    const state = data as unknown as LiveRoom;
    this.#change(
      state.channel,
      (room) =>
        state.revision < room.revision ? room : {
          ...room,
          unread: state.unread,
          mentions: state.mentions,
          upTo: state.upTo,
          revision: state.revision,
        },
    );
  }

  #choose(data: Record<string, unknown>): void {
    const { channel, starred, muted } = data as unknown as RoomChoice;
    if (starred && this.#rooms.every((room) => room.channel !== channel)) {
      return this.#readAgain();
    }
    const stars = (room: LiveRoom) => Number(room.starred);
    // Those that are starred stand first.
    this.#rooms = this.#rooms.map((room) =>
      room.channel === channel ? { ...room, starred, muted } : room
    ).sort((a, b) => stars(b) - stars(a));
    this.#changed(this.#rooms);
  }

  #change(channel: string, change: (room: LiveRoom) => LiveRoom): void {
    const at = this.#rooms.findIndex((room) => room.channel === channel);
    if (at < 0) return;
    const next = change(this.#rooms[at]!);
    if (next === this.#rooms[at]) return;
    this.#rooms = this.#rooms.with(at, next);
    this.#changed(this.#rooms);
  }

  #readAgain(): void {
    this.#again ??= this.#page.env.after(TOGETHER, async () => {
      this.#again = null;
      const answer = await call(this.#page.env, "GET", "/api/me/rooms")
        .catch(() => null);
      if (!Array.isArray(answer?.rooms)) return;
      const pictures = new Map(
        this.#rooms.map(({ subjectId, picture }) => [subjectId, picture]),
      );
      this.#rooms = (answer.rooms as RailRoom[]).map((room) => ({
        ...room,
        picture: pictures.get(room.subjectId),
      }));
      this.#follow();
      this.#changed(this.#rooms);
    });
  }
}

function isNewRoom(data: Record<string, unknown>): boolean {
  const about = isFields(data.notification) ? data.notification : data;
  return NEW_ROOMS.includes(String(about.type));
}

function isAfter(position: string | undefined, upTo: string | null): boolean {
  if (upTo === null) return true;
  const at = parsePosition(position ?? "");
  const mark = parsePosition(upTo);
  return at !== null && mark !== null && comparePositions(at, mark) > 0;
}
