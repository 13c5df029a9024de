import {
  listBountiesOfClient,
  listBountiesOfWorker,
} from "../../bounties/mod.ts";
import { DAY } from "../../clock.ts";
import { listDisputesToJudge } from "../../disputes/mod.ts";
import {
  listApplications,
  type listGuildsOf,
  listInvitationsOf,
} from "../../guilds/mod.ts";
import { keys } from "../../kv/mod.ts";
import { listConversations } from "../../messages/mod.ts";
import type { Deps } from "../../platform.ts";
import { getUsers } from "../../users/mod.ts";
import { insight } from "./insight.ts";
import type { Insight } from "./types.ts";

type Reading = Pick<Deps, "kv" | "now">;
type Guilds = Awaited<ReturnType<typeof listGuildsOf>>;

/** Of each kind. */
const MOST = 3;
/** A deadline that is nearer than this is worth a word. */
const SOON = 4 * DAY;
/** A message that has waited for this long is unanswered; after a month it was not meant to be. */
const UNANSWERED = DAY;
const FORGOTTEN = 30 * DAY;

/** Everything that others wait for, each kind bounded. */
export async function findWaiting(
  deps: Reading,
  userId: string,
  guilds: Guilds,
): Promise<Insight[]> {
  return (await Promise.all([
    asClient(deps, userId),
    asWorker(deps, userId),
    asJuror(deps, userId),
    invited(deps, userId),
    asOfficer(deps, guilds),
    unanswered(deps, userId),
  ])).flat();
}

/** Grows from `from` to `from + 0.15` within a week of waiting. */
const pressing = (from: number, waited: number) =>
  from + 0.15 * Math.min(1, Math.max(0, waited) / (7 * DAY));

async function asClient({ kv, now }: Reading, userId: string) {
  const { items } = await listBountiesOfClient(kv, userId, {
    states: ["submitted"],
    limit: MOST,
  });
  return items.filter(({ disputed }) => !disputed).map((b): Insight => {
    const at = b.submission?.at ?? b.updatedAt;
    return insight(b.id, { kind: "review", title: b.title, at }, {
      href: `/bounties/${b.id}`,
      weight: pressing(0.8, now() - at),
    });
  });
}

async function asWorker({ kv, now }: Reading, userId: string) {
  const { items } = await listBountiesOfWorker(kv, userId, {
    states: ["accepted"],
    limit: 20,
  });
  const found: Insight[] = [];
  for (const { id, title, review, deadline, disputed } of items) {
    if (disputed) continue;
    const href = `/bounties/${id}`;
    if (deadline !== null && deadline - now() < SOON) {
      const weight = deadline < now() + DAY ? 1 : 0.9;
      found.push(
        insight(id, { kind: "deadline", title, deadline }, { href, weight }),
      );
    } else if (review?.outcome === "changes") {
      found.push(insight(id, { kind: "changes", title, at: review.at }, {
        href,
        weight: pressing(0.8, now() - review.at),
      }));
    }
  }
  return found.slice(0, MOST);
}

async function asJuror({ kv, now }: Reading, userId: string) {
  const { items } = await listDisputesToJudge(kv, userId, { limit: 20 });
  const found: Insight[] = [];
  for (const { id, state, round, bountyTitle, deadline } of items) {
    if (state !== "escalated" || deadline === null || deadline < now()) {
      continue;
    }
    const vote = await kv.get(keys.disputeVote(id, round, userId));
    if (vote.value !== null) continue;
    found.push(insight(id, { kind: "vote", title: bountyTitle, deadline }, {
      href: `/disputes/${id}`,
      weight: 0.95,
    }));
  }
  return found.slice(0, MOST);
}

async function invited(deps: Reading, userId: string) {
  const invitations = await listInvitationsOf(deps, userId);
  return invitations.slice(0, MOST).map(({ guild, createdAt: at }) =>
    insight(guild.id, { kind: "invitation", guild: guild.name, at }, {
      href: `/guilds/${guild.id}`,
      weight: pressing(0.6, deps.now() - at),
    })
  );
}

async function asOfficer(deps: Reading, guilds: Guilds) {
  const found: Insight[] = [];
  for (const { guild, role } of guilds) {
    if (role === "member") continue;
    const [first, ...more] = await listApplications(deps, guild.id);
    if (!first) continue;
    const count = 1 + more.length;
    const at = first.createdAt;
    found.push(
      insight(guild.id, { kind: "application", guild: guild.name, count, at }, {
        href: `/guilds/${guild.id}`,
        weight: pressing(0.65, deps.now() - at),
      }),
    );
  }
  return found.slice(0, MOST);
}

async function unanswered(deps: Reading, userId: string) {
  const now = deps.now();
  const waiting = (await listConversations(deps, userId, 50)).filter((c) =>
    c.lastAuthorId !== userId && now - c.lastAt > UNANSWERED &&
    now - c.lastAt < FORGOTTEN
  ).slice(0, MOST);
  const people = new Map(
    (await getUsers(deps.kv, waiting.map((c) => c.userId)))
      .map((user) => [user.id, user]),
  );
  return waiting.flatMap((c) => {
    const person = people.get(c.userId);
    if (!person) return [];
    return insight(
      person.id,
      { kind: "reply", name: person.name, at: c.lastAt },
      {
        href: `/messages/${person.handle}`,
        weight: pressing(0.5, now - c.lastAt),
      },
    );
  });
}
