import { z } from "zod";
import { line } from "../../users/fields.ts";

/** What an admin writes. A form's empty link is none. */
export const NewAnnouncement = z.object({
  title: line(120, "a title"),
  body: z.string({ error: "Enter what there is to say" }).max(
    2_000,
    "At most 2,000 characters",
  ).transform((text) => text.toWellFormed().trim())
    .refine((text) => text.length > 0, "Enter what there is to say"),
  link: z.string().trim().max(500).transform((path) => path || undefined)
    .refine(
      (path) => path === undefined || /^\/(?![/\\])/.test(path),
      "A path of this site, such as /guilds",
    ).optional(),
});
export type NewAnnouncement = z.infer<typeof NewAnnouncement>;

/** Something said to everybody, and how far it has come. */
export interface Announcement {
  id: string;
  title: string;
  body: string;
  link: string | null;
  /** The admin. */
  byId: string;
  /** Milliseconds. */
  at: number;
  /** The last user of whom it is certain that they and all before them were told; `null` at the beginning. */
  cursor: string | null;
  /** Users up to `cursor`. */
  told: number;
  /** Milliseconds; `null` while it is on its way. */
  finishedAt: number | null;
}

/** Data of `notification:new` on `platform-global`: for open pages, at once. The inbox gets it on its own channel. */
export interface Announced {
  announcement: Pick<Announcement, "id" | "title" | "body" | "link" | "at">;
}
