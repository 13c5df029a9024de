import { z } from "zod";
import { ROOM_ROLES } from "../../auth/room_rights.ts";

const Role = z.enum(ROOM_ROLES, "member, officer or owner");

/** Seconds of slow mode at most: six hours. */
export const MAX_SLOW = 21_600;

const text = (max: number) =>
  z.string().max(max, `At most ${max} characters`).transform((value) =>
    value.toWellFormed().trim()
  );

/** Body of `PATCH …/settings`; what is absent stays. */
export const SettingsChange = z.object({
  slowSeconds: z.number().int("A whole number of seconds").min(0)
    .max(MAX_SLOW, "At most six hours").optional(),
  /** One line. */
  topic: text(250).transform((line) => line.replace(/\s+/g, " ")).optional(),
  permissions: z.object({
    write: Role,
    react: Role,
    mentionEveryone: Role,
    pin: Role,
    upload: Role,
  }).partial().optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;

/** Body of `PUT …/mutes/{userId}`. */
export const MuteRequest = z.object({
  /** Milliseconds; `null`: until it is lifted. */
  until: z.number().int().min(0).nullable().default(null),
  reason: text(300).default(""),
});
export type MuteRequest = z.infer<typeof MuteRequest>;

/** Body of `POST …/report`. */
export const ReportRequest = z.object({
  reason: z.enum(["spam", "abuse", "fraud", "other"]),
  note: text(1_000).default(""),
});
export type ReportRequest = z.infer<typeof ReportRequest>;

/** Body of `PATCH …/reports/{id}`. */
export const ReportAnswer = z.object({
  state: z.enum(["resolved", "dismissed"]),
  resolution: text(1_000).default(""),
});
export type ReportAnswer = z.infer<typeof ReportAnswer>;

export const ReportState = z.enum(["open", "resolved", "dismissed"]);
