import type { Catalogue } from "./translate.ts";

/** The texts of insights and trends. */
export const enInsights = {
  "nav.insights": "Insights",
  "nav.trending": "Trending",

  "ai.local": "By Nexora's own statistics",
  "ai.model": "Put in order and into words by {model}",
  "ai.because.over_budget":
    "Answered by the local engine, because today's budget for the language model is spent.",
  "ai.because.timed_out":
    "Answered by the local engine, because the language model took too long.",
  "ai.because.busy":
    "Answered by the local engine, because the language model is busy.",
  "ai.because.refused":
    "Answered by the local engine, because the language model refused the request.",
  "ai.because.unreachable":
    "Answered by the local engine, because the language model cannot be reached.",
  "ai.because.invalid_answer":
    "Answered by the local engine, because the language model's answer could not be used.",
  "ai.because.unsafe_answer":
    "Answered by the local engine, because the language model's answer held links or markup.",
  "ai.asOf": "As of",
  "ai.stale": "This is from {when}. A newer answer is being made.",
  "ai.refresh": "Refresh",
  "ai.refreshed": "Looked at everything anew",

  "insights.title": "Insights",
  "insights.lead": "What waits for you, what changed, and what to do next.",
  "insights.group.waiting": "Waiting for you",
  "insights.group.chances": "Chances",
  "insights.group.standing": "How you stand",
  "insights.group.start": "First steps",
  "insights.none": "Nothing waits for you",
  "insights.noneBody":
    "When somebody needs you, or a bounty fits your skills, it is here.",
  "insights.trust": "Trust",
  "insights.trustNow": "{trust} of 1,000",
  "insights.trustSays": "Trust from {from} to {to} in the last {days} days",
  "insights.trustTable": "Changes of your trust",
  "insights.when": "When",
  "insights.rank": "Rank",
  "insights.rankNext": "Next: {rank}",
  "insights.rankTop": "The highest rank there is.",
  "insights.step.completed": "Bounties completed",
  "insights.step.rating": "Average rating",
  "insights.step.trust": "Trust",
  "insights.step.tenure": "Days on Nexora",
  "insights.stepOf": "{has} of {asked}",
  "insights.demand": "Your skills in demand",
  "insights.demandLead": "Bounties opened in the last two weeks",
  "insights.demandTable": "How often your skills were asked for",
  "insights.skill": "Skill",
  "insights.now": "Last 2 weeks",
  "insights.before": "2 weeks before",
  "insights.noSkills":
    "Name your skills, and this shows how much they are asked for.",
  "insights.addSkills": "Add skills",

  "insight.review": "Review “{title}”",
  "insight.review.why": "The work was handed in {when}.",
  "insight.changes": "Rework “{title}”",
  "insight.changes.why": "The client asked for changes {when}.",
  "insight.deadline": "Hand in “{title}”",
  "insight.deadline.why": "The deadline is {when}.",
  "insight.vote": "Vote on “{title}”",
  "insight.vote.why": "You are a juror; voting ends {when}.",
  "insight.invitation": "Answer the invitation of {guild}",
  "insight.invitation.why": "It came {when}.",
  "insight.application": {
    one: "{count} person wants to join {guild}",
    other: "{count} people want to join {guild}",
  },
  "insight.application.why": "The oldest application is from {when}.",
  "insight.reply": "Answer {name}",
  "insight.reply.why": "The last word was theirs, {when}.",
  "insight.trustUp": {
    one: "Your trust rose by {count} point",
    other: "Your trust rose by {count} points",
  },
  "insight.trustDown": {
    one: "Your trust fell by {count} point",
    other: "Your trust fell by {count} points",
  },
  "insight.trust.why": "In the last {days} days. Most of it: {reason}.",
  "insight.rank": "On your way to {rank}",
  "insight.rank.why": "The nearest step, {what}: {has} of {asked}.",
  "insight.bounty": "“{title}” suits you",
  "insight.bounty.why":
    "You know {skills}, which it asks for. It pays {reward}.",
  "insight.proposed": {
    one: "{count} bounty is proposed to {guild}",
    other: "{count} bounties are proposed to {guild}",
  },
  "insight.proposed.why": "You may accept for the guild.",
  "insight.demand": "{skill} is in demand",
  "insight.demandRising": "{skill} is more in demand than before",
  "insight.demand.why": {
    one: "{count} bounty in the last two weeks asks for it, and you know it.",
    other:
      "{count} bounties in the last two weeks ask for it, and you know it.",
  },
  "insight.learn": "{skill} might be worth learning",
  "insight.learn.why":
    "Asked for {now} times in the last two weeks, {before} times in the two before; it is close to {near}, which you know.",
  "insight.skills": "Name your skills",
  "insight.skills.why":
    "Bounties that fit find you by them, and guilds see what you can.",
  "insight.guild": "Join a guild",
  "insight.guild.why": "Guilds are who accepts bounties.",
  "insight.bio": "Say a few words about yourself",
  "insight.bio.why": "People like to know with whom they work.",

  "trust.because.bounty_completed": "work completed",
  "trust.because.bounty_rejected": "work rejected",
  "trust.because.bounty_abandoned": "work abandoned",
  "trust.because.bounty_paid": "work paid for",
  "trust.because.dispute_won": "a dispute won",
  "trust.because.dispute_lost": "a dispute lost",
  "trust.because.dispute_frivolous": "a dispute without grounds",
  "trust.because.tribunal_vote": "votes in tribunals",
  "trust.because.tribunal_absence": "a vote that was missed",
  "trust.because.inactivity": "time away",
  "trust.because.admin": "a decision by an admin",

  "trending.title": "Trending",
  "trending.lead": "What bounties ask for, and how that changes.",
  "trending.none": "No bounties in the last eight weeks",
  "trending.noneBody": "Once some are opened, this shows what is asked for.",
  "trending.post": "Post a bounty",
  "trending.opened": {
    one: "{count} bounty opened in the last two weeks",
    other: "{count} bounties opened in the last two weeks",
  },
  "trending.openedBefore": "{before} in the two weeks before",
  "trending.cut":
    "There were more bounties than are counted; the oldest weeks are not complete.",
  "trending.categories": "Categories",
  "trending.skills": "Skills",
  "trending.noSkills": "No skill was asked for three times yet.",
  "trending.table": "The numbers as a table",
  "trending.rising": "Rising",
  "trending.falling": "Falling",
  "trending.steady": "Steady",
  "trending.name": "Name",
  "trending.direction": "Direction",
  "trending.now": "Last 2 weeks",
  "trending.before": "2 weeks before",
  "trending.reward": "Median reward",
  "trending.taken": "Taken by a guild",
  "trending.weeks": "Last 8 weeks",
  "trending.weeksSay": "{name}, bounties a week: {weeks}",
  "trending.why.rising":
    "{now}, after {before} in the two weeks before. By chance: {chance}.",
  "trending.why.falling":
    "{now}, after {before} in the two weeks before. By chance: {chance}.",
  "trending.why.steady": "{now}, after {before} in the two weeks before.",
  "trending.chance.rare": "rarer than 1 in 100",
  "trending.chance.oneIn": "1 in {n}",
  "trending.offer": "Median {reward}",
  "trending.takenShare": "{share} taken",
  "trending.how": "How this is counted",
  "trending.howBody":
    "Bounties are counted when they open; the last two weeks are compared with the two before. Something rises or falls when the change is large (a fifth, after both counts were shrunk towards each other, so that a few bounties do not shout) and chance alone would bring it at most once in ten times.",
} as const satisfies Catalogue;
