import type { Bounty } from "../bounties/mod.ts";
import { DAY, HOUR, MINUTE } from "../clock.ts";
import { guildRows, membershipRows } from "../guilds/mod.ts";
import type { Mutation } from "../kv/mod.ts";
import { conversationRows } from "../messages/mod.ts";
import { dmChannel, guildChannel } from "../realtime/mod.ts";
import { newUser, newUserRows, type User } from "../users/mod.ts";
import { askedIn } from "./asked.ts";
import { demoBounties } from "./bounties.ts";
import { careerRows, guildCareerRows } from "./careers.ts";
import { CAST, type CastMember } from "./cast.ts";
import { demoDisputes } from "./disputes.ts";
import { type CastGuild, GUILDS } from "./guilds.ts";
import { activity, deviceOf, idAt } from "./ids.ts";
import { inboxRows } from "./inbox.ts";
import { NOTICES } from "./notices.ts";
import { demoInvitation, demoPetitions } from "./petitions.ts";
import { between, seededRandom } from "./random.ts";
import { scheduleThreads, workingDays } from "./schedule.ts";
import type { StoryDeps } from "./story.ts";
import { guildTalk, Historian, messageOf } from "./talk.ts";
import { DIRECT } from "./threads/direct.ts";

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
    yield historian.marks(
      guildChannel(guild.id),
      guild.members,
      seededRandom(seed, "read", guild.id),
    );
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
    yield historian.marks(dmChannel(...ids), ids, random);
  }
  const deps: StoryDeps = {
    guildOf: (id) => {
      const guild = GUILDS.find((one) => one.id === id);
      return guild
        ? { id, name: guild.name, officerIds: officersOf(guild) }
        : null;
    },
    deviceOf,
    idAt: (at, ...labels) => idAt(at, seed, ...labels),
  };
  const bounties = new Map<string, Bounty>();
  for (const { bounty, rows } of demoBounties(deps, today)) {
    bounties.set(bounty.id, bounty);
    yield rows;
  }
  yield* demoDisputes(deps, bounties, users, today);
  yield demoPetitions(today, deps.idAt);
  for (const userId of Object.keys(NOTICES)) {
    yield inboxRows(
      seed,
      today,
      userId,
      (notice) =>
        askedIn(
          notice,
          userId,
          bounties,
          (id) => demoInvitation(id, today, deps.idAt),
        ),
    );
  }
}

function officersOf({ members: [ownerId], officers }: CastGuild): string[] {
  return [ownerId!, ...officers];
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
    officerIds: officersOf(guild),
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
