import { activityRow } from "../activity/mod.ts";
import { settleAsk } from "../notifications/asks.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { Deps } from "../platform.ts";
import {
  GLOBAL_CHANNEL,
  guildChannel,
  type NewEvent,
  userChannel,
} from "../realtime/mod.ts";
import { changesAsk, reviewAsk, settledBy } from "./asked.ts";
import { expiryJob, matchJob } from "./jobs.ts";
import type { BountyAction } from "./machine.ts";
import type { BountyPlan, Cause } from "./plan.ts";
import type {
  Bounty,
  BountyAccepted,
  BountyClosed,
  BountyMatched,
  BountyOpened,
  BountyReviewed,
  BountySubmitted,
} from "./types.ts";

/** Adds what an action means to others: activity, events on the channels of those concerned, notifications, jobs. */
export function follow(
  deps: Pick<Deps, "now" | "newId">,
  plan: BountyPlan,
  before: Bounty,
  after: Bounty,
  action: BountyAction,
  { actorId, device = null, guild }: Cause,
): void {
  const { clientId, workerId, title } = after;
  const bounty = { bountyId: after.id, bountyTitle: title };
  const moved = {
    bountyId: after.id,
    title,
    state: after.state,
    revision: after.revision,
    at: after.updatedAt,
  };
  const own = guild && workerId !== null
    ? { guildId: guild.id, guildName: guild.name, workerId }
    : null;
  const team = own ? [...new Set([workerId!, ...guild!.officerIds])] : [];
  const parties = [
    ...own ? [guildChannel(own.guildId)] : [],
    userChannel(clientId),
    ...own ? [userChannel(own.workerId)] : [],
  ];
  const key = (what: string) => `bounty-${what}:${after.id}:${after.revision}`;
  const did = (
    kind: "bounty_posted" | "bounty_accepted" | "bounty_submitted",
    counterpartyId: string | null,
  ) =>
    plan.mutations.push(activityRow(deps, {
      kind,
      actorId: actorId!,
      counterpartyId,
      guildId: own?.guildId ?? null,
      bountyId: after.id,
      // What it is about, in the words of the oracle: posted and accepted are offers of so much.
      amount: kind === "bounty_submitted" ? null : after.reward,
      device,
    }));
  const tell = (channels: string[], event: Omit<NewEvent, "channel">) =>
    plan.events.push(...channels.map((channel) => ({ channel, ...event })));

  for (const settling of settledBy(before, action.verb, actorId)) {
    const { mutations, jobs } = settleAsk(settling, deps.now());
    plan.mutations.push(...mutations);
    plan.jobs.push(...jobs);
  }
  switch (action.verb) {
    case "edit":
      if (before.state === "draft") break;
      if (after.deadline !== before.deadline) {
        plan.jobs.push(...expiryJob(deps, after));
      }
      // Other words may fit other guilds.
      if (wordsOf(after) !== wordsOf(before)) plan.jobs.push(matchJob(after));
      break;
    case "open":
      did("bounty_posted", null);
      tell([GLOBAL_CHANNEL], {
        event: "bounty:new",
        data: openedOf(after) satisfies BountyOpened,
      });
      plan.jobs.push(matchJob(after), ...expiryJob(deps, after));
      break;
    case "match":
      tell([userChannel(clientId)], {
        event: "bounty:matched",
        data: {
          ...moved,
          guilds: after.matches.length,
        } satisfies BountyMatched,
      });
      break;
    case "accept":
      did("bounty_accepted", clientId);
      tell(parties, {
        event: "bounty:accepted",
        data: { ...moved, ...own! } satisfies BountyAccepted,
      });
      plan.jobs.push(notifyJob({
        userIds: [clientId],
        type: "bounty_accepted",
        data: {
          ...bounty,
          guildId: own!.guildId,
          guildName: own!.guildName,
        },
        key: key("accepted"),
      }));
      break;
    case "submit":
      did("bounty_submitted", clientId);
      tell(parties, {
        event: "bounty:submitted",
        data: {
          ...moved,
          guildId: own!.guildId,
          workerId: own!.workerId,
          url: action.url,
        } satisfies BountySubmitted,
      });
      plan.jobs.push(notifyJob({
        userIds: [clientId],
        type: "bounty_submitted",
        data: {
          ...bounty,
          guildId: own!.guildId,
          guildName: own!.guildName,
        },
        key: key("submitted"),
        ask: reviewAsk(after),
      }));
      break;
    case "approve":
    case "reject":
    case "askChanges": {
      const { outcome, rating } = after.review!;
      // Only the last word is a review to the oracle: a round of changes has no rating.
      if (outcome !== "changes") {
        plan.mutations.push(activityRow(deps, {
          kind: "bounty_reviewed",
          actorId: actorId!,
          counterpartyId: own!.workerId,
          guildId: own!.guildId,
          bountyId: after.id,
          rating,
          outcome,
          device,
        }));
      }
      tell(parties, {
        event: "bounty:reviewed",
        data: {
          ...moved,
          guildId: own!.guildId,
          workerId: own!.workerId,
          outcome,
          rating,
          amount: after.payout?.amount ?? null,
        } satisfies BountyReviewed,
      });
      plan.jobs.push(notifyJob({
        userIds: team,
        type: "bounty_reviewed",
        data: { ...bounty, outcome, ...(rating !== null && { rating }) },
        key: key("reviewed"),
        ...(outcome === "changes" && { ask: changesAsk(after) }),
      }));
      if (outcome === "changes") plan.jobs.push(...expiryJob(deps, after));
      break;
    }
    case "cancel":
    case "expire": {
      if (before.state === "draft") break;
      const reason = action.verb === "cancel" ? "cancelled" : "expired";
      tell(own ? parties : [GLOBAL_CHANNEL, ...parties], {
        event: "bounty:closed",
        data: { ...moved, reason } satisfies BountyClosed,
      });
      // The client knows of their own cancellation.
      const told = [clientId, ...team].filter((id) => id !== actorId);
      if (told.length === 0) break;
      plan.jobs.push(notifyJob({
        userIds: told,
        type: "bounty_closed",
        data: {
          ...bounty,
          ending: reason,
          ...(after.endNote && { note: after.endNote.slice(0, 200) }),
        },
        key: key("closed"),
      }));
      break;
    }
    // Disputes have events and notifications of their own.
    case "dispute":
    case "award":
    case "deny":
      break;
    case "release":
      // Its clock may have struck meanwhile.
      if (after.state === "accepted") plan.jobs.push(...expiryJob(deps, after));
      break;
  }
}

/** What the matchmaker reads. */
function wordsOf({ title, description, category, skills }: Bounty): string {
  return JSON.stringify([title, description, category, skills]);
}

function openedOf(bounty: Bounty): BountyOpened {
  return {
    bountyId: bounty.id,
    title: bounty.title,
    category: bounty.category,
    skills: bounty.skills,
    reward: bounty.reward,
    deadline: bounty.deadline,
    clientId: bounty.clientId,
    revision: bounty.revision,
    openedAt: bounty.openedAt!,
  };
}
