import {
  type Bounty,
  listBounties,
  listBountiesForGuilds,
  listBountiesOfClient,
  listBountiesOfWorker,
} from "../bounties/mod.ts";
import { DAY } from "../clock.ts";
import {
  hasEnded,
  listDisputesOf,
  listDisputesToJudge,
} from "../disputes/mod.ts";
import {
  type Guild,
  type GuildRole,
  listGuildsOf,
  listInvitationsOf,
} from "../guilds/mod.ts";
import { listConversations, listMessages } from "../messages/mod.ts";
import type { Deps } from "../platform.ts";
import { guildChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { type BountyRow, nameBounties } from "./bounty_list.ts";

/** How much of each the page shows. Every read below is bounded by these, whoever looks. */
const TODO = 8;
const GUILDS = 6;
const FITTING = 5;
const SKILLS = 3;
/** The newest of a list that are looked at for what still waits. */
const LOOKED_AT = 20;

/** Something that others wait for. */
export type Todo =
  & { link: string; name: string }
  & (
    | { kind: "review" | "submit" | "vote" | "dispute"; due: number | null }
    | { kind: "invitation" }
    | { kind: "applications"; count: number }
  );

/** A guild of the reader with what goes on in it. */
export interface GuildNews {
  id: string;
  name: string;
  role: GuildRole;
  memberCount: number;
  last: { author: string; text: string; at: number } | null;
}

/** A bounty to be had, and why it is shown. */
export type Fitting = BountyRow & {
  why: { guild: string } | { skill: string };
};

export interface FirstStep {
  step: "profile" | "picture" | "guild" | "message" | "bounty";
  link: string;
  done: boolean;
}

export interface HomeView {
  todo: Todo[];
  guilds: GuildNews[];
  fitting: Fitting[];
  /** `null` for who has come further. */
  steps: FirstStep[] | null;
}

type HomeDeps = Pick<Deps, "kv" | "now" | "log">;

/** What somebody's home page shows besides notifications and conversations. */
export async function readHome(deps: HomeDeps, user: User): Promise<HomeView> {
  const { kv } = deps;
  const page = { limit: LOOKED_AT };
  const [memberships, posted, worked, parties, juries, invitations, spoken] =
    await Promise.all([
      listGuildsOf(kv, user.id),
      listBountiesOfClient(kv, user.id, page),
      listBountiesOfWorker(kv, user.id, page),
      listDisputesOf(kv, user.id, page),
      listDisputesToJudge(kv, user.id, page),
      listInvitationsOf(deps, user.id),
      listConversations({ kv }, user.id, 1),
    ]);
  const todo: Todo[] = [
    ...juries.items.filter((one) =>
      one.state === "escalated" && one.jurorIds.includes(user.id)
    ).map((one) => ({
      kind: "vote" as const,
      name: one.bountyTitle,
      link: `/disputes/${one.id}`,
      due: one.deadline,
    })),
    ...posted.items.filter(({ state, disputed }) =>
      state === "submitted" && !disputed
    ).map((one) => bountyTodo("review", one)),
    ...parties.items.filter((one) => !hasEnded(one)).map((one) => ({
      kind: "dispute" as const,
      name: one.bountyTitle,
      link: `/disputes/${one.id}`,
      due: null,
    })),
    ...invitations.map(({ guild }) => ({
      kind: "invitation" as const,
      name: guild.name,
      link: `/guilds/${guild.id}`,
    })),
    ...memberships.filter(({ guild, role }) =>
      role !== "member" && (guild.applications ?? 0) > 0
    ).map(({ guild }) => ({
      kind: "applications" as const,
      name: guild.name,
      link: `/guilds/${guild.id}/settings`,
      count: guild.applications!,
    })),
    ...worked.items.filter(({ state }) => state === "accepted")
      .map((one) => bountyTodo("submit", one)),
  ];
  const [guilds, fitting] = await Promise.all([
    newsOf(deps, memberships.slice(0, GUILDS)),
    fittingFor(kv, user, memberships.map(({ guild }) => guild)),
  ]);
  const busy = posted.items.length + worked.items.length > 0;
  return {
    todo: todo.slice(0, TODO),
    guilds,
    fitting,
    steps: firstSteps(user, deps.now() - user.createdAt, {
      guild: memberships.length > 0,
      message: spoken.length > 0,
      bounty: busy,
    }),
  };
}

function bountyTodo(kind: "review" | "submit", bounty: Bounty): Todo {
  return {
    kind,
    name: bounty.title,
    link: `/bounties/${bounty.id}`,
    due: kind === "submit" ? bounty.deadline : null,
  };
}

async function newsOf(
  deps: HomeDeps,
  memberships: Awaited<ReturnType<typeof listGuildsOf>>,
): Promise<GuildNews[]> {
  const news = await Promise.all(memberships.map(async ({ guild, role }) => {
    const channel = guildChannel(guild.id);
    const { messages: [last] } = await listMessages(deps, {
      channel,
      limit: 1,
    });
    const { id, name, memberCount } = guild;
    return {
      id,
      name,
      role,
      memberCount,
      last: last
        ? {
          author: last.author.name,
          text: last.content.replace(/\s+/g, " ").slice(0, 160),
          at: last.sentAt,
        }
        : null,
    };
  }));
  return news.sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0));
}

/** What the matchmaker proposes to their guilds first, then what asks for what they can. */
async function fittingFor(
  kv: Deno.Kv,
  user: User,
  guilds: Guild[],
): Promise<Fitting[]> {
  const ids = guilds.slice(0, GUILDS).map(({ id }) => id);
  const [proposed, ...bySkill] = await Promise.all([
    ids.length === 0
      ? { items: [] }
      : listBountiesForGuilds(kv, ids, { limit: FITTING }),
    ...user.skills.slice(0, SKILLS).map((skill) =>
      listBounties(kv, {
        states: ["open", "matched"],
        skill,
        limit: FITTING,
      })
    ),
  ]);
  const found = new Map<string, { bounty: Bounty; why: Fitting["why"] }>();
  for (const bounty of proposed.items) {
    const match = bounty.matches.find(({ guildId }) => ids.includes(guildId));
    const guild = guilds.find(({ id }) => id === match?.guildId);
    if (guild) found.set(bounty.id, { bounty, why: { guild: guild.name } });
  }
  for (const [i, { items }] of bySkill.entries()) {
    for (const bounty of items) {
      if (found.has(bounty.id)) continue;
      found.set(bounty.id, { bounty, why: { skill: user.skills[i]! } });
    }
  }
  const some = [...found.values()].filter(({ bounty }) =>
    bounty.clientId !== user.id
  ).slice(0, FITTING);
  const rows = await nameBounties(kv, some.map(({ bounty }) => bounty));
  return rows.map((row, i) => ({ ...row, why: some[i]!.why }));
}

/** How long somebody is a newcomer, milliseconds. */
const NEWCOMER = 30 * DAY;

function firstSteps(
  { bio, skills, picture }: User,
  age: number,
  has: { guild: boolean; message: boolean; bounty: boolean },
): FirstStep[] | null {
  const steps: FirstStep[] = [
    {
      step: "profile",
      link: "/settings",
      done: bio !== "" && skills.length > 0,
    },
    {
      step: "picture",
      link: "/settings#settings-picture",
      done: picture !== undefined,
    },
    { step: "guild", link: "/guilds", done: has.guild },
    { step: "message", link: "/messages", done: has.message },
    { step: "bounty", link: "/bounties", done: has.bounty },
  ];
  // Who has been here for long and belongs somewhere needs no first steps; and a picture alone makes no newcomer.
  if (age > NEWCOMER && has.guild) return null;
  const left = steps.filter(({ step, done }) => step !== "picture" && !done);
  return left.length === 0 ? null : steps;
}
