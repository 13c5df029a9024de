import { DAY, HOUR, MINUTE } from "../clock.ts";
import type { Mutation } from "../kv/mod.ts";
import {
  type AuthorHead,
  headRows,
  type Message,
  newMessage,
  placeMessage,
  readMarkRows,
  type RoomHead,
} from "../messages/mod.ts";
import { orderKey } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { CAST } from "./cast.ts";
import { morningNotes } from "./everyday.ts";
import type { CastGuild } from "./guilds.ts";
import { idAt } from "./ids.ts";
import { between, seededRandom } from "./random.ts";
import { type Said, scheduleThreads, speak, workingDays } from "./schedule.ts";
import { CANVAS } from "./threads/canvas.ts";
import { LANTERN } from "./threads/lantern.ts";
import { NORTHWIND } from "./threads/northwind.ts";
import type { Thread } from "./threads/types.ts";

/** Weeks of conversation before the seed's day. */
const DAYS = 21;
/** Fewer messages than this wait for anybody in a room. */
const UNREAD = 5;

const THREADS: Record<string, Thread[]> = {
  "demo-guild": LANTERN,
  "northwind-audit": NORTHWIND,
  "open-canvas": CANVAS,
};

/** Conversations and morning notes of a guild, in order of time. */
export function guildTalk(
  seed: number,
  today: number,
  guild: CastGuild,
): Said[] {
  const days = workingDays(today - DAYS * DAY, today);
  const random = seededRandom(seed, "talk", guild.id);
  const said = scheduleThreads(random, THREADS[guild.id] ?? [], days);
  const present = guild.members.filter((id) =>
    !CAST.find((p) => p.id === id)!.lastActive
  )
    .map((id) => id.replace("demo_", ""));
  for (const day of days) {
    // Before seven nobody begins a conversation, so notes and conversations do not mix.
    const notes = morningNotes(random, guild.id, present);
    said.push(
      ...speak(random, notes, day + 6 * HOUR + between(random, 0, 15) * MINUTE),
    );
  }
  said.sort((a, b) => a.at - b.at);
  // A position belongs to one message.
  for (let i = 1; i < said.length; i++) {
    said[i]!.at = Math.max(said[i]!.at, said[i - 1]!.at + 1);
  }
  return said;
}

export function messageOf(
  seed: number,
  channel: string,
  said: Said,
  users: ReadonlyMap<string, User>,
): Message {
  const author = users.get(`demo_${said.speaker}`)!;
  return newMessage({
    id: idAt(said.at, seed, channel),
    channel,
    authorId: author.id,
    author: { handle: author.handle, name: author.name },
    content: said.text,
    sentAt: said.at,
  });
}

/** Writes a room's past, message by message. */
export class Historian {
  #room: RoomHead | null = null;
  readonly #authors = new Map<string, AuthorHead>();
  /** Where the messages stand. */
  readonly #orders: string[] = [];

  /** What was said before the log began stands at epoch 0, so it comes before everything live. */
  rows(message: Message): Mutation[] {
    const order = orderKey({ epoch: 0, seq: message.sentAt, index: 0 });
    const { rows, room, author } = placeMessage(
      message,
      order,
      this.#room,
      this.#authors.get(message.authorId) ?? null,
    );
    this.#room = room;
    this.#authors.set(message.authorId, author);
    this.#orders.push(order);
    return [...rows, ...headRows(message, room, author)];
  }

  /** People have read all but the last few messages. */
  marks(channel: string, userIds: string[], random: () => number): Mutation[] {
    const { length } = this.#orders;
    return userIds.flatMap((userId) => {
      const ordinal = length - Math.floor(random() * UNREAD);
      const order = this.#orders[ordinal - 1];
      if (order === undefined) return [];
      const at = this.#room!.last!.at;
      return readMarkRows(channel, userId, { order, ordinal, at, revision: 1 });
    });
  }
}
