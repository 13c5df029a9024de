import { z } from "zod";
import { line } from "../users/mod.ts";

const Description = z.string().max(1_000, "At most 1000 characters").transform((
  text,
) => text.toWellFormed().trim());
/** JSON sends a boolean; a form's checkbox is there or not, its radio button says `1` or `0`. */
const Flag = z.union([
  z.boolean(),
  z.enum(["on", "1", "true"]).transform(() => true),
  z.enum(["0", "false", ""]).transform(() => false),
]);

/** Body of `POST /api/guilds` and of the form for a new guild. */
export const NewGuild = z.object({
  name: line(60, "a name"),
  description: Description.default(""),
  open: Flag.default(true),
});
export type NewGuild = z.infer<typeof NewGuild>;

/** Body of `PATCH /api/guilds/{id}`; what is absent stays. */
export const GuildChange = z.object({
  name: line(60, "a name").optional(),
  description: Description.optional(),
  open: Flag.optional(),
});
export type GuildChange = z.infer<typeof GuildChange>;

/** Body of `PATCH /api/guilds/{id}/members/{userId}`. Making somebody owner hands the guild over. */
export const RoleChange = z.object({
  role: z.enum(["owner", "officer", "member"]),
});
