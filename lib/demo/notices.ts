import { DAY, HOUR, MINUTE } from "../clock.ts";
import type { Notice } from "../notifications/mod.ts";

/** A notification of the demo world, with its age and state. */
export type DemoNotice = Notice & {
  /** Milliseconds before the seed's day began. */
  age: number;
  state: "unread" | "read" | "archived";
};

const lantern = { guildId: "demo-guild", guildName: "Lantern Works" };
const canvas = { guildId: "open-canvas", guildName: "Open Canvas" };
const northwind = { guildId: "northwind-audit", guildName: "Northwind Audit" };
const kiosk = {
  bountyId: "demo-bounty-kiosk",
  bountyTitle: "Kiosk mode for the ticket shop",
};
const archive = {
  bountyId: "demo-bounty-archive",
  bountyTitle: "Archive of past departures",
};
const glossary = {
  bountyId: "demo-bounty-glossary",
  bountyTitle: "Glossary for the wallet app",
};

const screenreader = {
  bountyId: "demo-bounty-screenreader",
  bountyTitle: "Screen reader pass over the booking flow",
};
const paging = {
  bountyId: "demo-bounty-paging",
  bountyTitle: "Lists that load as one scrolls",
};
const ridership = {
  bountyId: "demo-bounty-ridership",
  bountyTitle: "Ridership dashboard that a mayor understands",
};
const minutes = {
  bountyId: "demo-bounty-minutes",
  bountyTitle: "Minutes of the assembly in plain language",
};

/** Every type once, newest first, in every state. */
const OWNER: DemoNotice[] = [
  {
    type: "bounty_submitted",
    data: { ...archive, ...northwind },
    age: 2 * HOUR,
    state: "unread",
  },
  {
    type: "guild_member_joined",
    data: {
      ...lantern,
      userId: "demo_chloe",
      userHandle: "chloe-martin",
      userName: "Chloé Martin",
    },
    age: 5 * HOUR,
    state: "unread",
  },
  {
    type: "tribunal_vote_needed",
    data: {
      disputeId: "demo-dispute-icons",
      bountyTitle: "Icon set for a bakery",
      deadline: 0,
    },
    age: 9 * HOUR,
    state: "unread",
  },
  {
    type: "bounty_matched",
    data: {
      ...glossary,
      reason: "Three people of Lantern Works know localisation.",
      reward: 900,
    },
    age: 26 * HOUR,
    state: "unread",
  },
  {
    type: "message_mention",
    data: {
      channel: "guild-demo-guild",
      roomName: "Lantern Works",
      messageId: "demo",
      authorId: "demo_ines",
      authorHandle: "ines-duarte",
      authorName: "Inês Duarte",
      excerpt: "@demo-owner can you look at the kiosk before noon?",
      mentioned: "you",
    },
    age: 30 * HOUR,
    state: "read",
  },
  {
    type: "room_message",
    data: {
      channel: "guild-demo-guild",
      roomName: "Lantern Works",
      messageId: "demo",
      authorId: "demo_member",
      authorHandle: "demo-member",
      authorName: "Jonas Lindqvist",
      excerpt: "The kiosk restarts by itself again.",
    },
    age: 31 * HOUR,
    state: "read",
  },
  {
    type: "direct_message",
    data: {
      channel: "dm-demo_ines-demo_owner",
      messageId: "demo",
      authorId: "demo_ines",
      authorHandle: "ines-duarte",
      authorName: "Inês Duarte",
      excerpt: "Shall we tell the client today?",
      count: 3,
    },
    age: 2 * DAY,
    state: "read",
  },
  {
    type: "bounty_accepted",
    data: { ...archive, ...northwind },
    age: 3 * DAY,
    state: "read",
  },
  {
    type: "guild_invite",
    data: {
      ...canvas,
      inviterId: "demo_hanna",
      inviterName: "Hanna Berg",
      // That there is one is what counts: it is answered by its guild.
      invitationId: "demo",
    },
    age: 4 * DAY + 20 * MINUTE,
    state: "unread",
  },
  {
    type: "bounty_completed",
    data: { ...kiosk, amount: 1_850 },
    age: 5 * DAY,
    state: "read",
  },
  {
    type: "bounty_reviewed",
    data: { ...kiosk, outcome: "accepted", rating: 5 },
    age: 5 * DAY + HOUR,
    state: "read",
  },
  {
    type: "dispute_resolved",
    data: { disputeId: "demo-dispute-kiosk", ...kiosk, result: "withdrawn" },
    age: 7 * DAY,
    state: "read",
  },
  {
    type: "dispute_raised",
    data: {
      disputeId: "demo-dispute-kiosk",
      ...kiosk,
      raisedBy: "Diego Ramos",
    },
    age: 8 * DAY,
    state: "read",
  },
  {
    type: "dispute_resolved",
    data: { disputeId: "demo-dispute-kiosk", ...kiosk, result: "withdrawn" },
    age: 7 * DAY,
    state: "read",
  },
  {
    type: "announcement",
    data: {
      announcementId: "demo",
      title: "Disputes are settled by tribunals now",
      body:
        "Jurors without a stake in the matter vote. What you decide is yours to see under Disputes.",
    },
    age: 9 * DAY,
    state: "read",
  },
  {
    type: "guild_applied",
    data: {
      ...lantern,
      userId: "demo_kofi",
      userHandle: "kofi-mensah",
      userName: "Kofi Mensah",
    },
    age: 30 * DAY,
    state: "read",
  },
  {
    type: "bounty_closed",
    data: { ...minutes, ending: "expired" },
    age: 4 * DAY - HOUR,
    state: "read",
  },
  {
    type: "rank_changed",
    data: { from: "Artisan", to: "Master", direction: "up" },
    age: 11 * DAY,
    state: "read",
  },
  {
    type: "guild_promoted",
    data: { ...canvas, role: "officer" },
    age: 13 * DAY,
    state: "archived",
  },
  {
    type: "guild_application_accepted",
    data: canvas,
    age: 16 * DAY,
    state: "archived",
  },
  {
    type: "guild_application_rejected",
    data: { ...northwind, reason: "The team is complete for this quarter." },
    age: 18 * DAY,
    state: "archived",
  },
];

const MEMBER: DemoNotice[] = [
  {
    type: "bounty_matched",
    data: {
      ...screenreader,
      reason: "Asks for Preact and accessibility.",
      reward: 1_200,
    },
    age: 2 * DAY - 2 * HOUR,
    state: "unread",
  },
  {
    type: "bounty_reviewed",
    data: { ...paging, outcome: "accepted", rating: 5 },
    age: 5 * DAY,
    state: "unread",
  },
  {
    type: "bounty_completed",
    data: { ...paging, amount: 620 },
    age: 5 * DAY - HOUR,
    state: "read",
  },
  {
    type: "rank_changed",
    data: { from: "Apprentice", to: "Journeyman", direction: "up" },
    age: 12 * DAY,
    state: "read",
  },
];

const OUTSIDER: DemoNotice[] = [
  {
    type: "guild_invite",
    data: {
      ...canvas,
      inviterId: "demo_hanna",
      inviterName: "Hanna Berg",
      // That there is one is what counts: it is answered by its guild.
      invitationId: "demo",
    },
    age: 7 * HOUR,
    state: "unread",
  },
  {
    type: "bounty_matched",
    data: { ...ridership, reason: "Asks for data pipelines." },
    age: 28 * HOUR,
    state: "read",
  },
];

/** Notifications by user id. A deadline of 0 stands for two days after the seed. */
export const NOTICES: Record<string, DemoNotice[]> = {
  demo_owner: OWNER,
  demo_member: MEMBER,
  demo_outsider: OUTSIDER,
  demo_ines: [
    {
      type: "guild_member_joined",
      data: {
        ...lantern,
        userId: "demo_chloe",
        userHandle: "chloe-martin",
        userName: "Chloé Martin",
      },
      age: 5 * HOUR,
      state: "unread",
    },
    {
      type: "guild_promoted",
      data: { ...lantern, role: "officer" },
      age: 15 * DAY,
      state: "read",
    },
  ],
};
