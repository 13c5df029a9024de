import { z } from "zod";

const line = (max: number) =>
  z.string().max(max, `At most ${max} characters`).transform((text) =>
    text.toWellFormed().replace(/\p{Cc}+/gu, " ").trim()
  );

/** Body of `PUT /api/me/status`. */
export const StatusChange = z.object({
  state: z.enum(["auto", "dnd"], "auto or dnd").default("auto"),
  text: line(100).default(""),
  emoji: line(16).default(""),
  until: z.number().int().min(0).nullable().default(null),
});

/** Body of `POST /api/me/idle`. */
export const IdleChange = z.object({ idle: z.boolean("true or false") });
