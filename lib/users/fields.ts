import { z } from "zod";
import { isHandle } from "./handles.ts";

/** One line of text as people type it: control characters out, runs of space as one. */
export function line(max: number, what: string) {
  return z.string({ error: `Enter ${what}` }).max(
    max * 4,
    `At most ${max} characters`,
  )
    .transform((text) =>
      text.toWellFormed().replace(/\p{Cc}+/gu, " ").replace(
        /\s+/g,
        " ",
      ).trim()
    )
    .refine((text) => text.length > 0, `Enter ${what}`)
    .refine((text) => text.length <= max, `At most ${max} characters`);
}

export const Name = line(60, "a name");

export const Handle = z.string().trim().toLowerCase().refine(
  isHandle,
  "2–32 lower-case letters, digits and single dashes",
);

export const Email = z.string({ error: "Enter an e-mail address" }).trim()
  .toLowerCase().max(254).pipe(
    z.email("Enter an e-mail address"),
  );

/** What somebody may change about themselves; what is absent stays. */
export const ProfileChange = z.object({
  name: Name.optional(),
  bio: z.string().max(500, "At most 500 characters").transform((text) =>
    text.toWellFormed().trim()
  ).optional(),
  /** A list, or a form's text separated by commas. */
  skills: z.union([
    z.array(z.string()),
    z.string().transform((text) => text.split(",")),
  ])
    .transform((
      skills,
    ) => [
      ...new Set(
        skills.map((s) => s.trim().toLowerCase()).filter((s) => s !== ""),
      ),
    ])
    .pipe(
      z.array(z.string().max(40, "At most 40 characters a skill")).max(
        20,
        "At most 20 skills",
      ),
    ).optional(),
  locale: z.string().max(35).refine(isLocale, "Not a language").optional(),
  timeZone: z.string().max(64).refine(isTimeZone, "Not a time zone").optional(),
});

export type ProfileChange = z.infer<typeof ProfileChange>;

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return text !== "";
  } catch {
    return false;
  }
}
