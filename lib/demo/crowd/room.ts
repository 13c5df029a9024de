import { activityOf } from "../../activity/mod.ts";
import { SECOND } from "../../clock.ts";
import { keys, type Mutation, set } from "../../kv/mod.ts";
import {
  type AuthorHead,
  headRows,
  type Message,
  newMessage,
  placeMessage,
  type Reaction,
  type RoomHead,
} from "../../messages/mod.ts";
import { orderKey } from "../../realtime/mod.ts";
import { between, type Random } from "../random.ts";
import type { Line } from "./lines.ts";
import type { Person } from "./people.ts";
import { type CrowdPlan, idOf, some } from "./plan.ts";
import { EMOJI } from "./words.ts";

/** Writes a room message by message, with the heads that the ledger needs. */
export class Room {
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
        ...this.#activity(by, message),
      ];
      yield { message, rows, mentioned };
      if (parentId === null) this.last = message;
    }
  }

  /** As of a live one: what is said to a guild or to a person, not in a dispute. */
  #activity({ user, device }: Person, { id, sentAt }: Message): Mutation[] {
    if (this.#guildId === null && this.#people.length === 0) return [];
    const row = set(
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
    return [row];
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
