import { z } from "zod";
import { line, ProfileChange } from "../users/mod.ts";

const Description = z.string().max(1_000, "At most 1000 characters").transform((
  text,
) => text.toWellFormed().trim());
/** JSON sends a boolean; a form's checkbox is there or not, its radio button says `1` or `0`. */
const Flag = z.union([
  z.boolean(),
  z.enum(["on", "1", "true"]).transform(() => true),
  z.enum(["0", "false", ""]).transform(() => false),
]);

/** As a person's: a list, or a form's text separated by commas. */
const Skills = ProfileChange.shape.skills;

/** A few sentences to somebody, of at most `max` characters. */
const prose = (max: number) =>
  z.string().max(max, `At most ${max} characters`).transform((text) =>
    text.toWellFormed().trim()
  );

/** Body of `POST /api/guilds` and of the form for a new guild. */
export const NewGuild = z.object({
  name: line(60, "a name"),
  description: Description.default(""),
  skills: Skills,
  open: Flag.default(true),
});
export type NewGuild = z.infer<typeof NewGuild>;

/** Body of `PATCH /api/guilds/{id}`; what is absent stays. */
export const GuildChange = z.object({
  name: line(60, "a name").optional(),
  description: Description.optional(),
  skills: Skills,
  open: Flag.optional(),
});
export type GuildChange = z.infer<typeof GuildChange>;

/** Body of `PATCH /api/guilds/{id}/members/{userId}`. Making somebody owner hands the guild over. */
export const RoleChange = z.object({
  role: z.enum(["owner", "officer", "member"]),
});

/** Body of `POST /api/guilds/{id}/applications`. */
export const ApplicationForm = z.object({ note: prose(1_000).default("") });

/** Body of `POST /api/guilds/{id}/applications/{userId}/reject`. */
export const Rejection = z.object({ reason: prose(200).default("") });

/** Body of `POST /api/guilds/{id}/invitations`. A leading `@` is how people write a handle. */
export const InvitationForm = z.object({
  handle: z.string({ error: "Enter a handle" }).max(64).transform((text) =>
    text.trim().replace(/^@/, "").toLowerCase()
  ).refine((handle) => handle !== "", "Enter a handle"),
  note: prose(300).default(""),
});

/** Body of `DELETE /api/guilds/{id}`: the guild's name, so that nobody ends one by a slip. */
export const GuildEnd = z.object({
  name: z.string({ error: "Type the guild's name" }),
});
