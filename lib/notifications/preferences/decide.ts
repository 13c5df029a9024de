import { DAY, HOUR, MINUTE } from "../../clock.ts";
import { CATALOGUE, type Subject, subjectsOf } from "../catalogue.ts";
import type { Inbox, Notice } from "../types.ts";
import { nextDigest, quietUntil } from "./clock.ts";
import {
  CHANNELS,
  type Mute,
  type NotificationChannel,
  type NotificationPreferences,
} from "./types.ts";

/** What is known besides the notification and its recipient's settings. */
export interface DeliveryContext {
  /** Milliseconds. */
  now: number;
  /** The recipient's, IANA name. */
  timeZone: string;
  /** Browsers that take push messages. */
  devices: number;
  /** They said that they do not want to be disturbed: until when, or `true` without an end. */
  doNotDisturb: number | boolean;
  /** What was sent to them in the running hour (pushes) and day (e-mails). */
  sent: { push: number; email: number };
  /** It is added to a notification that they have not seen yet. */
  batched: boolean;
  /** What it asks for is done already, or no longer possible. */
  settled?: boolean;
}

/** What a reason is about; `lib/i18n/en_why.ts` has the sentences. */
export type Rule =
  | "settled"
  | "default_on"
  | "default_off"
  | "set_on"
  | "set_off"
  | "muted"
  | "muted_critical"
  | "batched"
  | "no_device"
  | "do_not_disturb"
  | "quiet_hours"
  | "critical"
  | "limit"
  | "digest"
  | "grace";

/** A rule that spoke, and the setting behind it: its path in the preferences, `null` where none is. */
export interface Reason {
  rule: Rule;
  setting: string | null;
  /** What was muted. */
  mute?: Mute;
}

/**
 * What becomes of a notification on one channel. `now`; `later`: at `at`, unless it was seen by then; `digest`: with
 * others at `at`; `never`.
 */
export interface ChannelDecision {
  channel: NotificationChannel;
  verdict: "now" | "later" | "digest" | "never";
  /** Milliseconds. */
  at: number;
  /** In the order in which they spoke; the last one decided. */
  reasons: Reason[];
}

export type DeliveryDecision = Record<NotificationChannel, ChannelDecision>;

/** Milliseconds that an e-mail waits for its recipient to see the notification in the app. */
export const EMAIL_GRACE = 5 * MINUTE;

/**
 * Decides which ways a notification takes, and why. Pure: the same for the delivery, for the page that explains it, and
 * for the page that says what would happen.
 */
export function decideDelivery(
  notice: Notice,
  preferences: NotificationPreferences,
  context: DeliveryContext,
): DeliveryDecision {
  const decided = CHANNELS.map((channel) =>
    decideChannel(channel, notice, preferences, context)
  );
  return Object.fromEntries(decided.map((d) => [d.channel, d])) as never;
}

function decideChannel(
  channel: NotificationChannel,
  notice: Notice,
  preferences: NotificationPreferences,
  context: DeliveryContext,
): ChannelDecision {
  const { now, timeZone } = context;
  const entry = CATALOGUE[notice.type];
  const reasons: Reason[] = [];
  const end = (
    verdict: ChannelDecision["verdict"],
    at: number,
    rule?: Rule,
    setting: string | null = null,
    more: Partial<Reason> = {},
  ): ChannelDecision => {
    if (rule) reasons.push({ rule, setting, ...more });
    return { channel, verdict, at, reasons };
  };

  const set = preferences.types[notice.type]?.[channel];
  const path = `types.${notice.type}.${channel}`;
  const on = set ?? entry.channels[channel];
  const rule = `${set === undefined ? "default" : "set"}_${on ? "on" : "off"}`;
  reasons.push({ rule: rule as Rule, setting: path });
  if (!on) return end("never", now);

  const mute = muteOf(notice, preferences.mutes, now);
  if (mute) {
    // Muting a guild is about its noise. A dispute of mine is not noise: it waits in the inbox, in silence.
    if (!(entry.critical && channel === "inApp")) {
      return end("never", now, "muted", "mutes", { mute });
    }
    reasons.push({ rule: "muted_critical", setting: "mutes", mute });
  }
  if (channel === "inApp") return end("now", now);
  // It is there to be found; nobody is called for it.
  if (context.settled) return end("never", now, "settled");
  if (context.batched && !(channel === "push" && entry.group?.each)) {
    return end("never", now, "batched");
  }
  if (channel === "push" && context.devices === 0) {
    return end("never", now, "no_device");
  }

  const urgent = entry.critical && preferences.criticalAlways;
  let at = now;
  const { quietHours, limits, email } = preferences;
  if (channel === "push" && isDisturbing(context.doNotDisturb, now)) {
    if (!urgent) return end("never", now, "do_not_disturb");
    reasons.push({ rule: "critical", setting: "criticalAlways" });
  }
  if (channel === "email") {
    if (email.every === "never") {
      return end("never", now, "set_off", "email.every");
    }
    if (!urgent && email.every !== "notification") {
      return end(
        "digest",
        nextDigest(now, email.every, email.at, timeZone),
        "digest",
        "email.every",
      );
    }
    if (context.sent.email >= limits.emailsPerDay) {
      return end(
        "digest",
        nextDigest(now, "hour", email.at, timeZone),
        "limit",
        "limits.emailsPerDay",
      );
    }
    at = now + EMAIL_GRACE;
    reasons.push({ rule: "grace", setting: null });
  }
  const quiet = quietHours && quietUntil(at, quietHours, timeZone);
  if (quiet) {
    if (!urgent) {
      return end("digest", quiet, "quiet_hours", "quietHours");
    }
    if (reasons.at(-1)!.rule !== "critical") {
      reasons.push({ rule: "critical", setting: "criticalAlways" });
    }
  }
  if (channel === "push" && context.sent.push >= limits.pushesPerHour) {
    return end("never", now, "limit", "limits.pushesPerHour");
  }
  return end(at > now ? "later" : "now", at);
}

function isDisturbing(doNotDisturb: number | boolean, now: number): boolean {
  return typeof doNotDisturb === "number" ? doNotDisturb > now : doNotDisturb;
}

/** The mute that a notification falls under, if there is one. */
export function muteOf(
  notice: Notice,
  mutes: Mute[],
  now: number,
): Mute | undefined {
  if (mutes.length === 0) return undefined;
  const subjects = subjectsOf(notice);
  const about = (mute: Mute) =>
    subjects.some((s: Subject) => s.kind === mute.kind && s.id === mute.id);
  return mutes.find((mute) =>
    (mute.until === null || mute.until > now) && about(mute)
  );
}

/** What an inbox has sent in the running hour and day. */
export function sentOf({ sent }: Inbox, now: number): DeliveryContext["sent"] {
  const count = (channel: "push" | "email", span: number) => {
    const row = sent?.[channel];
    return row && now - row.from < span ? row.count : 0;
  };
  return { push: count("push", HOUR), email: count("email", DAY) };
}

/** The inbox's counts of what was sent, with what was decided now. */
export function countSent(
  inbox: Inbox,
  decision: DeliveryDecision,
  now: number,
): Pick<Inbox, "sent"> {
  const before = sentOf(inbox, now);
  const sent = { ...inbox.sent };
  for (const channel of ["push", "email"] as const) {
    const { verdict } = decision[channel];
    if (verdict !== "now" && verdict !== "later") continue;
    const from = before[channel] > 0 ? sent[channel]!.from : now;
    sent[channel] = { from, count: before[channel] + 1 };
  }
  return { sent };
}
