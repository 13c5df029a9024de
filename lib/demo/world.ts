import { ulid } from "ulid";
import { type Activity, ACTIVITY_KEPT, activityOf } from "../activity/mod.ts";
import { DAY, HOUR, MINUTE } from "../clock.ts";
import { guildRows, membershipRows } from "../guilds/mod.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import {
  type AuthorHead,
  conversationRows,
  headRows,
  type Message,
  newMessage,
  placeMessage,
  type RoomHead,
} from "../messages/mod.ts";
import {
  EMPTY_INBOX,
  type Inbox,
  type Notification,
  notificationRows,
} from "../notifications/mod.ts";
import { dmChannel, guildChannel, orderKey } from "../realtime/mod.ts";
import { newUser, newUserRows, type User } from "../users/mod.ts";
import { careerRows, guildCareerRows } from "./careers.ts";
import { CAST, type CastMember } from "./cast.ts";
import { type CastGuild, GUILDS } from "./guilds.ts";
import { morningNotes } from "./everyday.ts";
import { NOTICES } from "./notices.ts";
import { between, seededRandom } from "./random.ts";
import { type Said, scheduleThreads, speak, workingDays } from "./schedule.ts";
import { CANVAS } from "./threads/canvas.ts";
import { DIRECT } from "./threads/direct.ts";
import { LANTERN } from "./threads/lantern.ts";
import { NORTHWIND } from "./threads/northwind.ts";
import type { Thread } from "./threads/types.ts";

/** Weeks of conversation before the seed's day. */
const DAYS = 21;

const THREADS: Record<string, Thread[]> = {
  "demo-guild": LANTERN,
  "northwind-audit": NORTHWIND,
  "open-canvas": CANVAS,
};

/**
 * The rows of the demo world, in groups that belong together, streaming. The same `seed` and `today` (start of a UTC
 * day, milliseconds) give the same rows: ids and times come from the seed, not from clock or chance.
 */
export function* demoWorld(seed: number, today: number): Generator<Mutation[]> {
  const users = new Map(
    CAST.map((person) => [person.id, userOf(person, today)]),
  );
  for (const user of users.values()) {
    yield [
      ...newUserRows(user).mutations,
      ...careerRows(user, today, (at, ...labels) => idAt(at, seed, ...labels)),
      activity(seed, today, {
        at: user.createdAt,
        kind: "user_registered",
        actorId: user.id,
      }),
      activity(seed, today, {
        at: user.lastActiveAt,
        kind: "user_signed_in",
        actorId: user.id,
      }),
    ];
  }
  for (const guild of GUILDS) {
    yield guildCareerRows(guild.id, guild.members.length);
    yield* castGuildRows(seed, today, guild);
    const historian = new Historian();
    for (const said of guildTalk(seed, today, guild)) {
      const message = messageOf(seed, guildChannel(guild.id), said, users);
      yield [
        ...historian.rows(message),
        activity(seed, today, {
          at: message.sentAt,
          kind: "message_sent",
          actorId: message.authorId,
          guildId: guild.id,
        }),
      ];
    }
  }
  for (const { people, threads } of DIRECT) {
    const ids = people.map((name) => `demo_${name}`).sort() as [string, string];
    const random = seededRandom(seed, "direct", ...ids);
    const historian = new Historian();
    for (
      const said of scheduleThreads(
        random,
        threads,
        workingDays(today - 9 * DAY, today),
      )
    ) {
      const message = messageOf(seed, dmChannel(...ids), said, users);
      yield [
        ...historian.rows(message),
        ...conversationRows(message, ids),
        activity(seed, today, {
          at: message.sentAt,
          kind: "message_sent",
          actorId: message.authorId,
          counterpartyId: ids.find((id) => id !== message.authorId),
        }),
      ];
    }
  }
  for (const userId of Object.keys(NOTICES)) {
    yield inboxRows(seed, today, userId);
  }
}

function userOf(person: CastMember, today: number): User {
  const random = seededRandom("user", person.id);
  const { joined, lastActive = 0, id, handle, ...given } = person;
  return newUser({
    ...given,
    id,
    handle,
    email: `${handle}@demo.nexora.example`,
    createdAt: today - joined * DAY + between(random, 7 * 60, 19 * 60) * MINUTE,
    lastActiveAt: today - lastActive * DAY -
      between(random, 60, 8 * 60) * MINUTE,
    demo: true,
  });
}

function* castGuildRows(
  seed: number,
  today: number,
  guild: CastGuild,
): Generator<Mutation[]> {
  const [ownerId] = guild.members;
  const founded = today - guild.founded * DAY + 9 * HOUR;
  yield guildRows(null, {
    id: guild.id,
    name: guild.name,
    description: guild.description,
    open: guild.open,
    ownerId: ownerId!,
    officerIds: [ownerId!, ...guild.officers],
    memberCount: guild.members.length,
    createdAt: founded,
  });
  for (const userId of guild.members) {
    const person = CAST.find((p) => p.id === userId)!;
    const random = seededRandom(seed, "join", guild.id, userId);
    const joinedAt = userId === ownerId
      ? founded
      : Math.max(founded, today - person.joined * DAY) +
        between(random, 1, 20) * DAY + between(random, 0, 600) * MINUTE;
    const role = userId === ownerId
      ? "owner"
      : guild.officers.includes(userId)
      ? "officer"
      : "member";
    yield [
      ...membershipRows({ guildId: guild.id, userId, role, joinedAt }),
      activity(seed, today, {
        at: joinedAt,
        kind: "guild_joined",
        actorId: userId,
        guildId: guild.id,
      }),
    ];
  }
}

/** Conversations and morning notes of a guild, in order of time. */
function guildTalk(seed: number, today: number, guild: CastGuild): Said[] {
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

function messageOf(
  seed: number,
  channel: string,
  said: Said,
  users: Map<string, User>,
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
class Historian {
  #room: RoomHead | null = null;
  readonly #authors = new Map<string, AuthorHead>();

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
    return [...rows, ...headRows(message, room, author)];
  }
}

function inboxRows(seed: number, today: number, userId: string): Mutation[] {
  const notices = NOTICES[userId]!;
  const inbox: Inbox = {
    ...EMPTY_INBOX,
    revision: notices.length,
    unread: notices.filter((n) => n.state === "unread").length,
    unseen: notices.filter((n) => n.state === "unread").length,
  };
  const rows = notices.flatMap(({ age, state, ...notice }) => {
    if (notice.type === "tribunal_vote_needed" && notice.data.deadline === 0) {
      notice.data = { ...notice.data, deadline: today + 2 * DAY + 18 * HOUR };
    }
    const createdAt = today - age;
    const notification: Notification = {
      ...notice,
      id: idAt(createdAt, seed, userId, notice.type),
      userId,
      createdAt,
      unreadIn: state === "unread" ? inbox.generation : null,
      unseenIn: state === "unread" ? inbox.seenGeneration : null,
      archivedAt: state === "archived" ? createdAt + DAY : null,
    };
    return notificationRows(notification, inbox);
  });
  return [...rows, set(keys.inbox(userId), inbox)];
}

/** A ULID of the past whose chance comes from the seed. */
function idAt(at: number, ...labels: (string | number)[]): string {
  return ulid(at, seededRandom(at, ...labels));
}

function activity(
  seed: number,
  today: number,
  done: Pick<Activity, "at" | "kind" | "actorId"> & Partial<Activity>,
): Mutation {
  const device = seededRandom("device", done.actorId)().toString(16).slice(
    2,
    14,
  ).padEnd(16, "0");
  const row = activityOf({
    id: idAt(done.at, seed, done.kind, done.actorId),
    device,
    ...done,
  });
  return set(
    keys.activity(row.at, row.id),
    row,
    Math.max(DAY, row.at + ACTIVITY_KEPT - today),
  );
}
