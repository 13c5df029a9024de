import { z } from "zod";
import { NOTIFICATION_DATA, type NotificationType } from "../types.ts";

/** The ways a notification can take. */
export const CHANNELS = ["inApp", "push", "email"] as const;
export type NotificationChannel = typeof CHANNELS[number];

/** What can be muted. A room is muted by its channel's name. */
export const MUTE_KINDS = ["guild", "bounty", "room", "person"] as const;

export const Mute = z.object({
  kind: z.enum(MUTE_KINDS),
  id: z.string().min(1).max(200),
  /** What it is called, for the page of settings. */
  label: z.string().max(200).default(""),
  /** Milliseconds; `null`: until it is taken back. */
  until: z.number().int().nullable().default(null),
});
export type Mute = z.infer<typeof Mute>;

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time like 22:00");

/** By the clock of the user's time zone. From later to earlier goes over midnight. */
export const QuietHours = z.object({
  from: time,
  to: time,
  /** Days on which they begin, 0 is Sunday. */
  days: z.array(z.number().int().min(0).max(6)).min(
    1,
    "Choose a day on which quiet hours begin",
  ).max(7)
    .transform((days) => [...new Set(days)].sort()),
}).refine(
  ({ from, to }) => from !== to,
  "Quiet hours must end at another time than they begin",
);
export type QuietHours = z.infer<typeof QuietHours>;

const onOff = z.boolean("true or false").optional();
const TypeChannels = z.strictObject({
  inApp: onOff,
  push: onOff,
  email: onOff,
});

/** What somebody set. What is absent is as by default. */
export const NotificationPreferences = z.strictObject({
  /** Type → channel → on or off, where it differs from the default. */
  types: z.partialRecord(
    z.enum(
      Object.keys(NOTIFICATION_DATA) as [
        NotificationType,
        ...NotificationType[],
      ],
    ),
    TypeChannels,
  ).default({}),
  mutes: z.array(Mute).max(200, "At most 200").default([]),
  quietHours: QuietHours.nullable().default(null),
  /** Critical types do not wait for the end of quiet hours, nor of do-not-disturb. */
  criticalAlways: z.boolean().default(true),
  email: z.strictObject({
    /** One by one, together, or none at all. */
    every: z.enum(["notification", "hour", "day", "never"]).default(
      "notification",
    ),
    /** Hour of the daily e-mail, by the user's clock. */
    at: z.number().int().min(0).max(23).default(8),
  }).default({ every: "notification", at: 8 }),
  /** Beyond it: no push; e-mails go into the next hour's digest. */
  limits: z.strictObject({
    pushesPerHour: z.number().int().min(1).max(1_000).default(30),
    emailsPerDay: z.number().int().min(1).max(1_000).default(20),
  }).default({ pushesPerHour: 30, emailsPerDay: 20 }),
});
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;

export const DEFAULT_PREFERENCES: NotificationPreferences =
  NotificationPreferences.parse({});
