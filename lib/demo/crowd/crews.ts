import { activityOf } from "../../activity/mod.ts";
import { DAY } from "../../clock.ts";
import {
  applicationRows,
  guildRows,
  INVITATION_LIFE,
  invitationRows,
  membershipRows,
} from "../../guilds/mod.ts";
import { keys, type Mutation, set } from "../../kv/mod.ts";
import { between } from "../random.ts";
import type { Crew, Crews } from "./guilds.ts";
import type { Inboxes } from "./inboxes.ts";
import { joinNews } from "./news.ts";
import type { People } from "./people.ts";
import { type CrowdPlan, idOf, pick, randomOf } from "./plan.ts";
import { WISHES } from "./words.ts";

/** A guild, its members, and who waits at its door. */
export function* crewRows(
  plan: CrowdPlan,
  people: People,
  crews: Crews,
  inboxes: Inboxes,
  crew: Crew,
): Generator<Mutation[]> {
  const { guild, members } = crew;
  const { rows: waiting, open } = petitions(plan, people, crews, inboxes, crew);
  yield [
    ...guildRows(null, { ...guild, ...(open > 0 && { applications: open }) }),
    ...waiting,
  ];
  const leaders = members.slice(0, crew.leaders);
  for (const n of members) {
    const person = people.at(n);
    const joinedAt = crews.joinedAt(crew, n);
    const id = idOf(plan, joinedAt, "join", crew.n, n);
    yield [
      ...membershipRows({
        guildId: guild.id,
        userId: person.user.id,
        role: crews.roleOf(crew, n),
        joinedAt,
      }),
      ...(joinedAt > plan.today - plan.days * DAY
        ? [set(
          keys.activity(joinedAt, id),
          activityOf({
            id,
            at: joinedAt,
            kind: "guild_joined",
            actorId: person.user.id,
            guildId: guild.id,
            device: person.device,
          }),
        )]
        : []),
      ...(guild.open || leaders.includes(n)
        ? []
        : admitted(plan, inboxes, crew, n, person.user.id, joinedAt)),
      ...joinNews(
        inboxes,
        leaders.filter((leader) => leader !== n),
        guild,
        person,
        joinedAt,
      ),
    ];
  }
}

/** How somebody came into a guild that is not open. */
function admitted(
  plan: CrowdPlan,
  inboxes: Inboxes,
  { n: crew, guild }: Crew,
  n: number,
  userId: string,
  joinedAt: number,
): Mutation[] {
  if (joinedAt < plan.today - plan.days * DAY) return [];
  const random = randomOf(plan, "admitted", crew, n);
  return [
    ...applicationRows({
      guildId: guild.id,
      userId,
      note: pick(random, WISHES),
      state: "accepted",
      createdAt: joinedAt - between(random, 2, 30) * 3_600_000,
      decidedAt: joinedAt,
      decidedBy: guild.ownerId,
      reason: null,
    }),
    ...inboxes.tell(n, joinedAt, {
      type: "guild_application_accepted",
      data: { guildId: guild.id, guildName: guild.name },
    }),
  ];
}

/** Applications of the last days, some decided, and invitations that wait. */
function petitions(
  plan: CrowdPlan,
  people: People,
  crews: Crews,
  inboxes: Inboxes,
  crew: Crew,
): { rows: Mutation[]; open: number } {
  const random = randomOf(plan, "door", crew.n);
  const { guild, members, leaders } = crew;
  const rows: Mutation[] = [];
  let open = 0;
  const strangers = new Set<number>();
  for (let tries = 0; tries < 30 && strangers.size < 5; tries++) {
    const n = between(random, 0, plan.users - 1);
    if (!crews.isMember(crew.n, n)) strangers.add(n);
  }
  for (const [i, n] of [...strangers].entries()) {
    const { user } = people.at(n);
    const at = plan.today - between(random, 1, 12) * DAY -
      between(random, 0, DAY);
    if (at < user.createdAt || at < guild.createdAt) continue;
    const by = people.at(members[between(random, 0, leaders - 1)]!).user;
    const named = { guildId: guild.id, guildName: guild.name };
    if (i < 2) {
      const invitation = {
        id: idOf(plan, at, "invitation", crew.n, n),
        guildId: guild.id,
        userId: user.id,
        inviterId: by.id,
        note: "",
        state: "open" as const,
        createdAt: at,
        expiresAt: at + INVITATION_LIFE,
        decidedAt: null,
      };
      rows.push(
        ...invitationRows(invitation, plan.today),
        ...inboxes.tell(n, at, {
          type: "guild_invite",
          data: {
            ...named,
            inviterId: by.id,
            inviterName: by.name,
            invitationId: invitation.id,
            expiresAt: invitation.expiresAt,
          },
        }),
      );
      continue;
    }
    const rejected = i === 4;
    const decidedAt = rejected ? Math.min(plan.today - 1, at + DAY) : null;
    if (!rejected) open++;
    const reason = "We are complete for the moment.";
    rows.push(...applicationRows({
      guildId: guild.id,
      userId: user.id,
      note: pick(random, WISHES),
      state: rejected ? "rejected" : "open",
      createdAt: at,
      decidedAt,
      decidedBy: rejected ? by.id : null,
      reason: rejected ? reason : null,
    }));
    if (decidedAt !== null) {
      rows.push(...inboxes.tell(n, decidedAt, {
        type: "guild_application_rejected",
        data: { ...named, reason },
      }));
    }
  }
  return { rows, open };
}
