import { DAY, MINUTE } from "../../clock.ts";
import type { Mutation } from "../../kv/mod.ts";
import { conversationRows, type Message } from "../../messages/mod.ts";
import { disputeChannel, dmChannel, guildChannel } from "../../realtime/mod.ts";
import { between } from "../random.ts";
import type { Crew, Crews } from "./guilds.ts";
import type { Inboxes } from "./inboxes.ts";
import { fill, type Line, speak } from "./lines.ts";
import type { Life } from "./lives.ts";
import type { People, Person } from "./people.ts";
import { type CrowdPlan, liveliness, pick, randomOf, some } from "./plan.ts";
import type { Quarrel } from "./quarrels.ts";
import { Room } from "./room.ts";
import { DIRECT, DISPUTED, NOTES, THREADS } from "./words.ts";

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

/** What the parties said in the room of their dispute. */
export function* disputeTalk(
  plan: CrowdPlan,
  { worker, client }: Life,
  { dispute }: Quarrel,
): Generator<Mutation[]> {
  const random = randomOf(plan, "dispute talk", dispute.id);
  const parties = [worker, client];
  const end = dispute.endedAt ?? plan.today;
  let at = dispute.createdAt;
  const lines = pick(random, DISPUTED).map(([who, text], id): Line => {
    at += between(random, 4, 90) * MINUTE;
    return { id, at, by: parties[who]!, text };
  });
  const room = new Room(plan, disputeChannel(dispute.id), null);
  const said = lines.filter((line) => line.at < end - MINUTE);
  for (const { rows } of room.say(random, said, parties)) yield rows;
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
