import { activityOf } from "../../activity/mod.ts";
import { DAY, MINUTE, SECOND } from "../../clock.ts";
import { keys, type Mutation, set } from "../../kv/mod.ts";
import {
  type AuthorHead,
  conversationRows,
  headRows,
  type Message,
  newMessage,
  placeMessage,
  type Reaction,
  type RoomHead,
} from "../../messages/mod.ts";
import { dmChannel, guildChannel, orderKey } from "../../realtime/mod.ts";
import { between, type Random } from "../random.ts";
import { PLACES } from "./names.ts";
import type { Crew, Crews } from "./guilds.ts";
import type { Inboxes } from "./inboxes.ts";
import type { People, Person } from "./people.ts";
import {
  type CrowdPlan,
  idOf,
  liveliness,
  pick,
  randomOf,
  some,
  timeOn,
} from "./plan.ts";
import { DIRECT, EMOJI, NOTES, THREADS } from "./words.ts";

/** Something that is said, before it has its place. */
interface Line {
  /** Of its day. */
  id: number;
  at: number;
  by: Person;
  text: string;
  /** Who is named in it. */
  mentioned?: Person;
  /** Of the line that it answers in a thread. */
  to?: number;
}

/** A room's past, in order; each message with its activity. */
export function* guildTalk(
  plan: CrowdPlan,
  people: People,
  crew: Crew,
  inboxes: Inboxes,
): Generator<Mutation[]> {
  const random = randomOf(plan, "talk", crew.n);
  // Of a large guild most only read.
  const voices = crew.members.slice(0, 24).map((n) => people.at(n))
    .filter(({ user }) => user.lastActiveAt > plan.today - plan.days * DAY);
  if (voices.length === 0) return;
  const { id, name } = crew.guild;
  const room = new Room(plan, guildChannel(id), id);
  for (let day = plan.days; day >= 1; day--) {
    const start = plan.today - day * DAY;
    if (start < crew.guild.createdAt) continue;
    const life = liveliness(start) * Math.min(1, voices.length / 6);
    const lines: Line[] = [];
    if (random() < life) {
      const by = pick(random, voices);
      lines.push({
        id: 0,
        at: start + (7 - by.ahead) * 60 * MINUTE +
          between(random, 0, 50) * MINUTE,
        by,
        text: fill(random, pick(random, NOTES), by),
      });
    }
    const talks = Math.floor(life * (0.6 + random() * 2));
    for (let n = 0; n < talks; n++) {
      const cast = some(random, voices, 4);
      lines.push(
        ...speak(random, pick(random, THREADS), cast, start, lines.length),
      );
    }
    const said = room.say(
      random,
      lines.filter(({ at, by }) =>
        at < plan.today - MINUTE && at > by.user.createdAt
      ),
      voices,
    );
    for (const { message, rows, mentioned } of said) {
      yield mentioned
        ? [...rows, ...mentionNews(inboxes, name, message, mentioned)]
        : rows;
    }
  }
}

/** That somebody was named. */
function mentionNews(
  inboxes: Inboxes,
  roomName: string,
  message: Message,
  { n }: Person,
): Mutation[] {
  return inboxes.tell(n, message.sentAt, {
    type: "message_mention",
    data: { ...toldOf(message), roomName, mentioned: "you" },
  });
}

/** What notifications say of a message. */
function toldOf({ id, channel, authorId, author, content }: Message) {
  return {
    channel,
    messageId: id,
    authorId,
    authorHandle: author.handle,
    authorName: author.name,
    excerpt: content.slice(0, 140),
  };
}

/** What two people said to each other; every other person has somebody they write to. */
export function* directTalk(
  plan: CrowdPlan,
  people: People,
  crews: Crews,
  inboxes: Inboxes,
  n: number,
): Generator<Mutation[]> {
  const random = randomOf(plan, "direct", n);
  const [own] = crews.guildsOf(n);
  if (own === undefined || random() < 0.5) return;
  const { members } = crews.at(own);
  const other = pick(random, members.slice(0, 200));
  // Each pair once, told by the one who is numbered first.
  if (other <= n) return;
  const pair = [people.at(n), people.at(other)];
  const ids = pair.map(({ user }) => user.id).sort() as [string, string];
  const since = Math.max(...pair.map(({ user }) => user.createdAt));
  const days = Math.floor((plan.today - since) / DAY);
  if (days < 2) return;
  const start = plan.today -
    between(random, 1, Math.min(days, plan.days) - 1) * DAY;
  const room = new Room(plan, dmChannel(...ids), null, ids);
  for (
    const { rows } of room.say(
      random,
      speak(random, pick(random, DIRECT), pair, start, 0)
        .filter(({ at }) => at < plan.today - MINUTE),
      pair,
    )
  ) {
    yield rows;
  }
  const { last } = room;
  if (!last) return;
  const reader = pair.find(({ user }) => user.id !== last.authorId)!;
  yield [
    ...conversationRows(last, ids),
    ...inboxes.tell(reader.n, last.sentAt, {
      type: "direct_message",
      data: toldOf(last),
    }),
  ];
}

/** Lets people say the lines of a conversation: as fast as people type, with a pause now and then. */
function speak(
  random: Random,
  thread: readonly [number, string][],
  cast: readonly Person[],
  day: number,
  offset: number,
): Line[] {
  const opener = cast[0]!;
  let at = timeOn(random, day, opener.ahead);
  const inThread = thread.length > 3 && random() < 0.3;
  const work = aWork(random);
  return thread.map(([who, text], i) => {
    at += between(random, 8, 120) * SECOND +
      (random() < 0.15 ? between(random, 5, 40) * MINUTE : 0);
    const by = cast[who % cast.length]!;
    return {
      id: offset + i,
      at,
      by,
      text: fill(random, text, cast[(who + 1) % cast.length]!, work),
      ...(inThread && i > 0 && { to: offset }),
      ...(text.includes("{mention}") &&
        { mentioned: cast[(who + 1) % cast.length] }),
    };
  });
}

function aWork(random: Random): string {
  const place = pick(random, PLACES);
  return `the work for ${place}`;
}

function fill(
  random: Random,
  text: string,
  named: Person,
  work = aWork(random),
): string {
  const filled = text.replaceAll("{work}", work)
    .replaceAll("{mention}", `@${named.user.handle}`)
    .replaceAll("{name}", named.user.name.split(" ")[0]!);
  return filled[0]!.toUpperCase() + filled.slice(1);
}

/** Writes a room message by message, with the heads that the ledger needs. */
class Room {
  last: Message | null = null;
  readonly #plan: CrowdPlan;
  readonly #channel: string;
  readonly #guildId: string | null;
  /** Of a direct conversation. */
  readonly #people: readonly string[];
  #head: RoomHead | null = null;
  readonly #authors = new Map<string, AuthorHead>();
  #at = 0;

  constructor(
    plan: CrowdPlan,
    channel: string,
    guildId: string | null,
    people: readonly string[] = [],
  ) {
    this.#plan = plan;
    this.#channel = channel;
    this.#guildId = guildId;
    this.#people = people;
  }

  /** Says the lines of a day, in order of time; replies in a thread know their parent, and it knows them. */
  *say(
    random: Random,
    lines: Line[],
    voices: readonly Person[],
  ): Generator<{ message: Message; rows: Mutation[]; mentioned?: Person }> {
    const order = lines.toSorted((a, b) => a.at - b.at || a.id - b.id);
    // A position belongs to one message.
    for (const line of order) {
      line.at = this.#at = Math.max(Math.floor(line.at), this.#at + 1);
    }
    const ids = new Map(
      order.map(({ at, id }) => [id, idOf(this.#plan, at, this.#channel)]),
    );
    for (const { at, by, text, to, id, mentioned } of order) {
      const parentId = to === undefined ? null : ids.get(to) ?? null;
      const replies = order.filter((line) => line.to === id);
      const reactions = random() < 0.12 ? react(random, voices, by) : [];
      const message = newMessage({
        id: ids.get(id)!,
        channel: this.#channel,
        authorId: by.user.id,
        author: { handle: by.user.handle, name: by.user.name },
        content: text,
        sentAt: at,
        parentId,
        thread: replies.length === 0 ? null : {
          count: replies.length,
          lastAt: replies.at(-1)!.at,
          authorIds: [
            ...new Set(replies.map((line) => line.by.user.id).reverse()),
          ].slice(0, 5),
        },
        reactions: reactions.map(({ reaction }) => reaction),
        revision: replies.length + reactions.length,
        mentions: {
          userIds: mentioned ? [mentioned.user.id] : [],
          officers: false,
          everyone: false,
        },
      });
      const rows = [
        ...this.#place(message),
        ...reactions.map(({ by, reaction }) =>
          set(keys.reaction(this.#channel, message.id, by.user.id), {
            userId: by.user.id,
            emojis: [reaction.emoji],
            at: at + 40 * SECOND,
          })
        ),
        this.#activity(by, message),
      ];
      yield { message, rows, mentioned };
      if (parentId === null) this.last = message;
    }
  }

  #activity({ user, device }: Person, { id, sentAt }: Message): Mutation {
    return set(
      keys.activity(sentAt, id),
      activityOf({
        id,
        at: sentAt,
        kind: "message_sent",
        actorId: user.id,
        counterpartyId: this.#people.find((one) => one !== user.id) ?? null,
        guildId: this.#guildId,
        device,
      }),
    );
  }

  #place(message: Message): Mutation[] {
    // What was said before the log began stands at epoch 0, so it comes before everything live.
    const order = orderKey({ epoch: 0, seq: message.sentAt, index: 0 });
    const { rows, room, author } = placeMessage(
      message,
      order,
      this.#head,
      this.#authors.get(message.authorId) ?? null,
    );
    this.#head = room;
    this.#authors.set(message.authorId, author);
    return [...rows, ...headRows(message, room, author)];
  }
}

/** One to three people react, each once. */
function react(
  random: Random,
  voices: readonly Person[],
  author: Person,
): { by: Person; reaction: Reaction }[] {
  const first = between(random, 0, EMOJI.length - 1);
  return some(random, voices, between(random, 1, 3))
    .filter((by) => by !== author)
    .map((by, i) => {
      const emoji = EMOJI[(first + i) % EMOJI.length]!;
      return { by, reaction: { emoji, count: 1, userIds: [by.user.id] } };
    });
}
