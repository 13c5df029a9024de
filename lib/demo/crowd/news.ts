import { asks, type Notice } from "../../notifications/mod.ts";
import type { Mutation } from "../../kv/mod.ts";
import type { Asked } from "../asked.ts";
import type { Inboxes } from "./inboxes.ts";
import type { Life } from "./lives.ts";
import type { Person } from "./people.ts";
import type { Quarrel } from "./quarrels.ts";

/** What settles what was asked about a bounty. */
const ANSWERS = {
  accept: "taken",
  submit: "resubmitted",
  approve: "reviewed",
  reject: "reviewed",
  askChanges: "reviewed",
  cancel: "cancelled",
  expire: "expired",
} as const;

/** What people were told of a bounty, as `lib/bounties/plan.ts` tells it of a live one. */
export function bountyNews(inboxes: Inboxes, life: Life): Mutation[] {
  const { draft, client, worker, crew } = life;
  const bounty = { bountyId: draft.id, bountyTitle: draft.title };
  const guild = { guildId: crew.guild.id, guildName: crew.guild.name };
  const leaders = crew.members.slice(0, crew.leaders);
  const team = [...new Set([worker.n, ...leaders])];
  const rows: Mutation[] = [];
  const tell = (to: number[], at: number, notice: Notice, asked?: Asked) => {
    for (const n of to) rows.push(...inboxes.tell(n, at, notice, asked));
  };
  /** What was asked at the `n`th deed, as the first later deed that settles it left it. */
  const asked = (ask: string, n: number): Asked => {
    const answer = life.deeds.slice(n + 1).find(({ action }) =>
      action.verb in ANSWERS
    );
    if (!answer) return { ask };
    const outcome = ANSWERS[answer.action.verb as keyof typeof ANSWERS];
    return { ask, settled: { outcome, byId: answer.by, at: answer.at } };
  };
  let accepted = false;
  for (const [n, { at, action }] of life.deeds.entries()) {
    switch (action.verb) {
      case "match":
        tell(leaders, at, {
          type: "bounty_matched",
          data: {
            ...bounty,
            reason: action.matches[0]!.reasons[0],
            reward: draft.reward,
          },
        }, asked(asks.takeBounty(draft.id), n));
        break;
      case "accept":
        accepted = true;
        tell([client.n], at, {
          type: "bounty_accepted",
          data: { ...bounty, ...guild },
        });
        break;
      case "submit":
        tell([client.n], at, {
          type: "bounty_submitted",
          data: { ...bounty, ...guild },
        }, asked(asks.reviewWork(draft.id, at), n));
        break;
      case "approve":
      case "reject":
      case "askChanges": {
        const outcome = {
          approve: "accepted",
          reject: "rejected",
          askChanges: "changes",
        }[action.verb] as "accepted" | "rejected" | "changes";
        tell(
          team,
          at,
          {
            type: "bounty_reviewed",
            data: {
              ...bounty,
              outcome,
              ...("rating" in action && { rating: action.rating }),
            },
          },
          outcome === "changes" ? asked(asks.makeChanges(draft.id, at), n) : {},
        );
        if (action.verb === "approve") {
          tell([worker.n], at + 1, {
            type: "bounty_completed",
            data: { ...bounty, amount: draft.reward },
          });
        }
        break;
      }
      case "cancel":
      case "expire": {
        const ending = action.verb === "cancel" ? "cancelled" : "expired";
        const told = [
          ...(action.verb === "expire" ? [client.n] : []),
          ...(accepted ? team : []),
        ];
        tell(told, at, {
          type: "bounty_closed",
          data: {
            ...bounty,
            ending,
            ...("note" in action && action.note && { note: action.note }),
          },
        });
        break;
      }
    }
  }
  return rows;
}

/** What people were told of a dispute. */
export function disputeNews(
  inboxes: Inboxes,
  { client, worker }: Life,
  { dispute, jurors, votes }: Quarrel,
): Mutation[] {
  const { id, bountyId, bountyTitle, createdAt, draws, deadline } = dispute;
  const accused = [client, worker].find(({ user }) =>
    user.id === dispute.accusedId
  )!;
  const raiser = accused === client ? worker : client;
  const { state, endedAt } = dispute;
  const over = endedAt === null ? null : {
    outcome: state === "withdrawn" ? "withdrawn" as const : "decided" as const,
    byId: null,
    at: endedAt,
  };
  const ended = over ? { settled: over } : {};
  const vote = (juror: string): Asked => {
    const cast = votes.find(({ jurorId }) => jurorId === juror);
    return {
      ask: asks.vote(id, 1),
      ...ended,
      ...cast && {
        settled: { outcome: "voted" as const, byId: juror, at: cast.at },
      },
    };
  };
  return [
    ...inboxes.tell(accused.n, createdAt, {
      type: "dispute_raised",
      data: {
        disputeId: id,
        bountyId,
        bountyTitle,
        raisedBy: raiser.user.name,
      },
    }, { ask: asks.giveYourSide(id), ...ended }),
    ...jurors.flatMap(({ n, user }) =>
      inboxes.tell(n, draws[0]!.at, {
        type: "tribunal_vote_needed",
        data: { disputeId: id, bountyTitle, deadline: deadline! },
      }, vote(user.id))
    ),
  ];
}

/** That somebody came into a guild, for its leaders. */
export function joinNews(
  inboxes: Inboxes,
  to: readonly number[],
  guild: { id: string; name: string },
  { user }: Person,
  at: number,
): Mutation[] {
  return to.flatMap((n) =>
    inboxes.tell(n, at, {
      type: "guild_member_joined",
      data: {
        guildId: guild.id,
        guildName: guild.name,
        userId: user.id,
        userHandle: user.handle,
        userName: user.name,
      },
    })
  );
}
