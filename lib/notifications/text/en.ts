import type { Texts } from "./types.ts";

const REVIEWS = {
  accepted: "Your work was accepted",
  changes: "The client asks for changes",
  rejected: "Your work was rejected",
};

const DISPUTES = {
  won: "The dispute was decided for you",
  lost: "The dispute was decided against you",
  withdrawn: "The dispute was withdrawn",
};

export const en: Texts = {
  bounty_matched: {
    title: (d) => `A bounty for you: ${d.bountyTitle}`,
    body: (d) => d.reason ?? "It fits your skills.",
  },
  bounty_accepted: {
    title: (d) => `${d.guildName} takes on your bounty`,
    body: (d) => d.bountyTitle,
  },
  bounty_submitted: {
    title: (d) => `${d.guildName} handed in their work`,
    body: (d) => `${d.bountyTitle} is waiting for your review.`,
  },
  bounty_reviewed: {
    title: (d) => REVIEWS[d.outcome],
    body: (d) =>
      d.rating ? `${d.bountyTitle}: ${d.rating} of 5 stars` : d.bountyTitle,
  },
  bounty_completed: {
    title: (d) => `${d.bountyTitle} is complete`,
    body: (d, f) => `${f.number(d.amount)} credits were paid out.`,
  },
  bounty_closed: {
    title: (d) =>
      d.ending === "expired"
        ? `${d.bountyTitle} has expired`
        : `${d.bountyTitle} was cancelled`,
    body: (d) =>
      d.note ??
        (d.ending === "expired"
          ? "Its deadline passed before work was handed in."
          : "The client called it off."),
  },
  guild_applied: {
    title: (d) => `${d.userName} applies to ${d.guildName}`,
    body: (d) => `@${d.userHandle} is waiting for an answer.`,
  },
  guild_application_accepted: {
    title: (d) => `Welcome to ${d.guildName}`,
    body: () => "Your application was accepted.",
  },
  guild_application_rejected: {
    title: (d) => `${d.guildName} declined your application`,
    body: (d) => d.reason ?? "You can apply to other guilds at any time.",
  },
  guild_invite: {
    title: (d) => `${d.inviterName} invites you to ${d.guildName}`,
    body: () => "Have a look and decide whether to join.",
  },
  guild_member_joined: {
    title: (d, f) =>
      (d.count ?? 1) > 1
        ? `${f.number(d.count!)} people joined ${d.guildName}`
        : `${d.userName} joined ${d.guildName}`,
    body: (d, f) => {
      const others = (d.count ?? 1) - 1;
      if (others < 1) return `Say hello to @${d.userHandle}.`;
      return `${d.userName} and ${f.number(others)} ${
        others === 1 ? "other" : "others"
      }.`;
    },
  },
  guild_promoted: {
    title: (d) =>
      d.role === "owner"
        ? `${d.guildName} is yours now`
        : `You are an officer of ${d.guildName}`,
    body: (d) =>
      d.role === "owner"
        ? "You were made its owner."
        : "You can invite people and keep order.",
  },
  dispute_raised: {
    title: (d) => `${d.raisedBy} raised a dispute`,
    body: (d) => `It is about ${d.bountyTitle}.`,
  },
  dispute_resolved: {
    title: (d) => DISPUTES[d.result],
    body: (d) => `The dispute about ${d.bountyTitle} is over.`,
  },
  dispute_mediation: {
    title: () => "A dispute waits for an admin",
    body: (d) => `No tribunal came to a verdict about ${d.bountyTitle}.`,
  },
  tribunal_vote_needed: {
    title: () => "Your vote is needed",
    body: (d, f) =>
      `A tribunal about ${d.bountyTitle} closes ${f.date(d.deadline)}.`,
  },
  message_mention: {
    title: (d) =>
      d.mentioned === "you"
        ? `${d.authorName} mentioned you in ${d.roomName}`
        : `${d.authorName} mentioned @${d.mentioned} in ${d.roomName}`,
    body: (d) => d.excerpt,
  },
  room_message: {
    title: (d, f) =>
      (d.count ?? 1) > 1
        ? `${f.number(d.count!)} messages in ${d.roomName}`
        : `${d.authorName} wrote in ${d.roomName}`,
    body: (d) => d.excerpt,
  },
  direct_message: {
    title: (d, f) =>
      (d.count ?? 1) > 1
        ? `${f.number(d.count!)} messages from ${d.authorName}`
        : `${d.authorName} wrote to you`,
    body: (d) => d.excerpt,
  },
  announcement: { title: (d) => d.title, body: (d) => d.body },
  oracle_alert: {
    title: (d) =>
      d.cases === 1
        ? `Critical: ${d.kind.replaceAll("_", " ")}`
        : `${d.cases} new critical cases`,
    body: (d) => d.reason,
  },
  rank_changed: {
    title: (d) =>
      d.direction === "up" ? `You are now ${d.to}` : `Your rank is now ${d.to}`,
    body: (d) =>
      d.direction === "up"
        ? `Up from ${d.from}. Well done.`
        : `It was ${d.from} before.`,
  },
};
