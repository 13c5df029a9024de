import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../../lib/clock.ts";
import {
  CHANNELS,
  decideDelivery,
  DEFAULT_PREFERENCES,
  type DeliveryContext,
  type Notice,
  NOTIFICATION_TYPES,
  NotificationPreferences,
  preferenceDefaults,
  sampleNotice,
} from "../../../lib/notifications/mod.ts";
import { TYPE_GROUPS } from "../../../components/notifications/settings/groups.ts";
import { enNotify } from "../../../lib/i18n/en_notify.ts";

const NOON = Date.parse("2026-08-15T12:00:00Z");
const context = (given: Partial<DeliveryContext> = {}): DeliveryContext => ({
  now: NOON,
  timeZone: "UTC",
  devices: 1,
  doNotDisturb: false,
  sent: { push: 0, email: 0 },
  batched: false,
  ...given,
});
const prefs = (given: unknown) => NotificationPreferences.parse(given);
const notice = (type: Notice["type"], guildId = "g") =>
  sampleNotice(type, { guild: { id: guildId, name: "Lantern" } }, NOON);
const always = {
  from: "00:00",
  to: "23:59",
  days: [0, 1, 2, 3, 4, 5, 6],
};

function short(
  type: Notice["type"],
  preferences: NotificationPreferences,
  given: Partial<DeliveryContext> = {},
) {
  const decision = decideDelivery(notice(type), preferences, context(given));
  return CHANNELS.map((channel) => {
    const { verdict, reasons } = decision[channel];
    return `${verdict} ${reasons.at(-1)!.rule}`;
  });
}

Deno.test("each setting decides what it says, and is named as the reason", () => {
  assertEquals(short("bounty_accepted", DEFAULT_PREFERENCES), [
    "now default_on",
    "now default_on",
    "later grace",
  ]);
  assertEquals(
    short(
      "bounty_accepted",
      prefs({ types: { bounty_accepted: { inApp: false, push: false } } }),
    ),
    ["never set_off", "never set_off", "later grace"],
  );
  assertEquals(
    short("bounty_accepted", prefs({ mutes: [{ kind: "guild", id: "g" }] })),
    ["never muted", "never muted", "never muted"],
  );
  assertEquals(
    short(
      "bounty_accepted",
      prefs({ mutes: [{ kind: "guild", id: "g", until: NOON - 1 }] }),
    )[0],
    "now default_on",
    "a mute that is over is none",
  );
  assertEquals(
    short("bounty_accepted", DEFAULT_PREFERENCES, { devices: 0 })[1],
    "never no_device",
  );
  assertEquals(short("bounty_accepted", prefs({ quietHours: always })), [
    "now default_on",
    "digest quiet_hours",
    "digest quiet_hours",
  ]);
  assertEquals(
    short("tribunal_vote_needed", prefs({ quietHours: always })),
    ["now default_on", "now critical", "later critical"],
  );
  assertEquals(
    short(
      "tribunal_vote_needed",
      prefs({ quietHours: always, criticalAlways: false }),
    ),
    ["now default_on", "digest quiet_hours", "digest quiet_hours"],
  );
  assertEquals(
    short("bounty_accepted", DEFAULT_PREFERENCES, { doNotDisturb: true })[1],
    "never do_not_disturb",
  );
  assertEquals(
    short("dispute_raised", DEFAULT_PREFERENCES, { doNotDisturb: true })[1],
    "now critical",
  );
  assertEquals(
    short("bounty_accepted", DEFAULT_PREFERENCES, {
      sent: { push: 30, email: 20 },
    }),
    ["now default_on", "never limit", "digest limit"],
  );
  assertEquals(
    short("bounty_accepted", prefs({ email: { every: "day", at: 8 } }))[2],
    "digest digest",
  );
  assertEquals(
    short("bounty_accepted", prefs({ email: { every: "never", at: 8 } }))[2],
    "never set_off",
  );
  assertEquals(
    short("direct_message", DEFAULT_PREFERENCES, { batched: true }),
    ["now default_on", "now default_on", "never batched"],
    "each message is worth a push",
  );
});

Deno.test("a dispute about a muted bounty waits in the app, in silence", () => {
  const preferences = prefs({ mutes: [{ kind: "bounty", id: "sample" }] });
  assertEquals(short("dispute_raised", preferences), [
    "now muted_critical",
    "never muted",
    "never muted",
  ]);
});

Deno.test("the guild's room is muted with the guild, and the person wherever they write", () => {
  for (
    const mute of [
      { kind: "guild", id: "g" },
      { kind: "room", id: "guild-g" },
      { kind: "person", id: "sample" },
    ]
  ) {
    assertEquals(
      short("message_mention", prefs({ mutes: [mute] }))[0],
      "never muted",
      mute.kind,
    );
  }
});

const preferences = fc.record({
  types: fc.dictionary(
    fc.constantFrom(...NOTIFICATION_TYPES),
    fc.record(
      { inApp: fc.boolean(), push: fc.boolean(), email: fc.boolean() },
      {
        requiredKeys: [],
      },
    ),
  ),
  mutes: fc.array(
    fc.record({
      kind: fc.constantFrom("guild", "bounty", "person", "room"),
      id: fc.constantFrom("g", "sample", "other", "guild-g"),
      until: fc.option(fc.integer({ min: NOON - HOUR, max: NOON + HOUR })),
    }),
    { maxLength: 2 },
  ),
  quietHours: fc.option(fc.constant({ ...always, to: "18:00" })),
  criticalAlways: fc.boolean(),
  email: fc.record({
    every: fc.constantFrom("notification", "hour", "day", "never"),
    at: fc.integer({ min: 0, max: 23 }),
  }),
}).map(prefs);
const contexts = fc.record({
  now: fc.integer({ min: NOON - 24 * HOUR, max: NOON + 24 * HOUR }),
  timeZone: fc.constantFrom("UTC", "Asia/Tokyo", "America/New_York"),
  devices: fc.integer({ min: 0, max: 2 }),
  doNotDisturb: fc.boolean(),
  sent: fc.record({
    push: fc.integer({ min: 0, max: 40 }),
    email: fc.integer({ min: 0, max: 40 }),
  }),
  batched: fc.boolean(),
});

Deno.test("whatever is set: a decision has its reason, never comes early, and what is off stays off", () => {
  const defaults = preferenceDefaults({ role: "member" });
  fc.assert(
    fc.property(
      fc.constantFrom(...NOTIFICATION_TYPES),
      preferences,
      contexts,
      (type, preferences, context) => {
        const given = notice(type);
        const decision = decideDelivery(given, preferences, context);
        assertEquals(
          decideDelivery(given, preferences, context),
          decision,
          "it is pure",
        );
        for (const channel of CHANNELS) {
          const { verdict, at, reasons } = decision[channel];
          assert(reasons.length > 0);
          for (const { rule } of reasons) {
            assert(`why.rule.${rule}` in enNotify, rule);
          }
          assert(at >= context.now);
          assertEquals(
            verdict === "now",
            verdict !== "never" && at === context.now,
          );
          const on = preferences.types[type]?.[channel] ??
            defaults[type]![channel];
          if (!on) assertEquals(verdict, "never");
        }
        assert(["now", "never"].includes(decision.inApp.verdict));
        if (decision.inApp.verdict === "never") {
          const rule = decision.inApp.reasons.at(-1)!.rule;
          assert(["set_off", "default_off", "muted"].includes(rule));
        }
        const { push, email } = decision;
        if (push.verdict !== "never") {
          assert(context.devices > 0);
          if (!defaults[type]!.critical) assert(!context.doNotDisturb);
        }
        if (email.verdict !== "never") {
          assert(preferences.email.every !== "never");
          assert(email.at > context.now + MINUTE || email.verdict === "digest");
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

Deno.test("every type is in the matrix of settings, has a name there and a default for each way", () => {
  const all = preferenceDefaults({ role: "admin" });
  const listed = Object.values(TYPE_GROUPS).flat();
  assertEquals(listed.toSorted(), Object.keys(all).toSorted());
  assertEquals(new Set(listed).size, listed.length);
  for (const type of listed) assert(`notify.type.${type}` in enNotify, type);
  assert(!("oracle_alert" in preferenceDefaults({ role: "member" })));
});
