import { assert, assertEquals } from "@std/assert";
import {
  EMPTY_INBOX,
  type Notification,
  NOTIFICATION_DATA,
  NOTIFICATION_TYPES,
  renderNotification,
} from "../../../lib/notifications/mod.ts";

/** Data with every field, optional ones too, for any type. */
const FULL = {
  bountyId: "b/1",
  bountyTitle: "Icons",
  reason: "It fits",
  ending: "expired",
  note: "A note",
  reward: 10,
  guildId: "g 1",
  guildName: "Lantern",
  outcome: "changes",
  rating: 4,
  amount: 1234.5,
  inviterId: "u",
  inviterName: "Ada",
  userId: "u",
  userHandle: "ada",
  userName: "Ada",
  role: "officer",
  disputeId: "d?1",
  raisedBy: "Bob",
  deadline: Date.UTC(2026, 7, 15, 22, 30),
  from: "Artisan",
  to: "Master",
  direction: "up",
  channel: "guild-g1",
  messageId: "m1",
  authorId: "u",
  authorHandle: "ada",
  authorName: "Ada",
  excerpt: "Have a look",
  result: "won",
  roomName: "Lantern",
  mentioned: "officers",
  announcementId: "a1",
  title: "Maintenance on Sunday",
};

function rendered(
  type: typeof NOTIFICATION_TYPES[number],
  locale = "en",
  timeZone = "UTC",
) {
  const data = NOTIFICATION_DATA[type].parse({ body: "Read this", ...FULL });
  const notification = {
    id: "n",
    userId: "u",
    type,
    data,
    createdAt: 1,
    unreadIn: null,
    archivedAt: null,
  };
  return renderNotification(notification as Notification, EMPTY_INBOX, {
    locale,
    timeZone,
  });
}

Deno.test("all types have an emoji, a title, a body and a link inside the site", () => {
  assertEquals(NOTIFICATION_TYPES.toSorted(), [
    "announcement",
    "bounty_accepted",
    "bounty_closed",
    "bounty_completed",
    "bounty_matched",
    "bounty_reviewed",
    "bounty_submitted",
    "direct_message",
    "dispute_raised",
    "dispute_resolved",
    "guild_application_accepted",
    "guild_application_rejected",
    "guild_applied",
    "guild_invite",
    "guild_member_joined",
    "guild_promoted",
    "message_mention",
    "rank_changed",
    "room_message",
    "tribunal_vote_needed",
  ]);
  const emojis = new Set<string>();
  for (const type of NOTIFICATION_TYPES) {
    const { emoji, title, body, link } = rendered(type);
    emojis.add(emoji);
    if (type !== "announcement") {
      assert(rendered(type, "de-AT").title !== title, `${type} in German`);
    }
    assert(/\p{Extended_Pictographic}/u.test(emoji), type);
    assert(
      title.length > 3 && title.length < 120 &&
        !/undefined|\[object|NaN/.test(title),
      `${type}: ${title}`,
    );
    assert(
      body.length > 3 && !/undefined|\[object|NaN/.test(body),
      `${type}: ${body}`,
    );
    assert(
      /^\/[a-z]+(\/[A-Za-z0-9%]+(\/settings|#m-[a-z0-9]+)?)?$/.test(link),
      `${type}: ${link}`,
    );
  }
  assertEquals(
    emojis.size,
    NOTIFICATION_TYPES.length,
    "each is told apart by its emoji",
  );
});

Deno.test("numbers and times are written the reader's way; an unknown language reads English", () => {
  assert(rendered("bounty_completed", "en").body.includes("1,234.5"));
  assert(rendered("bounty_completed", "xx-YY").body.startsWith("1"));
  assert(rendered("tribunal_vote_needed", "no_such", "Nowhere/Town").body);
  assert(rendered("tribunal_vote_needed", "en", "UTC").body.includes("10:30"));
  assert(
    rendered("tribunal_vote_needed", "en", "Europe/Berlin").body.includes(
      "12:30",
    ),
  );
});
