import { z } from "zod";
import { DAY } from "../clock.ts";
import { line } from "../users/mod.ts";
import { BOUNTY_CATEGORIES, BOUNTY_STATES } from "./types.ts";

/** Some lines of prose. */
function prose(max: number, what?: string) {
  const text = z.string({ error: `Enter ${what ?? "a text"}` }).max(
    max,
    `At most ${max} characters`,
  ).transform((given) => given.toWellFormed().replaceAll("\r\n", "\n").trim());
  return what === undefined
    ? text
    : text.refine((given) => given.length > 0, `Enter ${what}`);
}

/** A list, or a form's text separated by commas. */
const Skills = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(",")),
]).transform((skills) => [
  ...new Set(skills.map((s) => s.trim().toLowerCase()).filter((s) => s !== "")),
]).pipe(
  z.array(z.string().max(40, "At most 40 characters a skill")).max(
    10,
    "At most 10 skills",
  ),
);

/** Milliseconds, or a day of a form (`2026-12-24`), which ends when it ends in UTC; empty: none. */
const Deadline = z.union([
  z.number().int("Milliseconds since 1970").positive().max(8.64e15).nullable(),
  z.literal("").transform(() => null),
  z.iso.date("A day as 2026-12-24").transform((day) =>
    Date.parse(`${day}T00:00:00Z`) + DAY - 1
  ),
]);

/** What a bounty pays at most, in credits. */
export const MAX_REWARD = 1_000_000;

/** Body of `POST /api/bounties` and of the form for a new bounty. */
export const NewBounty = z.object({
  title: line(120, "a title"),
  description: prose(8_000, "what has to be done"),
  category: z.enum(BOUNTY_CATEGORIES, { error: "Choose a category" }),
  skills: Skills.default([]),
  reward: z.coerce.number({ error: "Enter whole credits" }).int(
    "Enter whole credits",
  ).min(1, "At least 1 credit").max(
    MAX_REWARD,
    `At most ${MAX_REWARD} credits`,
  ),
  deadline: Deadline.default(null),
});
export type NewBounty = z.infer<typeof NewBounty>;

/** Whether it is open at once or a draft that only its client sees. */
export const PostBounty = NewBounty.extend({
  open: z.union([
    z.boolean(),
    z.enum(["1", "true", "on"]).transform(() => true),
    z.enum(["0", "false", ""]).transform(() => false),
  ]).default(false),
});

/** Body of `PATCH /api/bounties/{id}`; what is absent stays. */
export const BountyChange = z.object({
  title: NewBounty.shape.title.optional(),
  description: NewBounty.shape.description.optional(),
  category: NewBounty.shape.category.optional(),
  skills: Skills.optional(),
  reward: NewBounty.shape.reward.optional(),
  deadline: Deadline.optional(),
});
export type BountyChange = z.infer<typeof BountyChange>;

/** Body of `POST /api/bounties/{id}/accept`. */
export const Acceptance = z.object({
  guildId: z.string({ error: "Choose a guild" }).min(1, "Choose a guild").max(
    128,
  ),
});

const Link = z.union([
  z.literal("").transform(() => null),
  z.null(),
  z.string().trim().max(500, "At most 500 characters").pipe(
    z.url({
      protocol: /^https?$/,
      error: "A link that begins with https://",
    }),
  ),
]);

/** Body of `POST /api/bounties/{id}/submit`. */
export const Submission = z.object({
  note: prose(4_000, "what you hand in"),
  url: Link.default(null),
});
export type Submission = z.infer<typeof Submission>;

/** Body of `POST /api/bounties/{id}/review`. Whoever ends the work rates it; whoever asks for changes says which. */
export const Review = z.object({
  outcome: z.enum(["accepted", "changes", "rejected"], {
    error: "Accept it, ask for changes or reject it",
  }),
  rating: z.union([
    z.literal("").transform(() => null),
    z.null(),
    z.coerce.number().int().min(1, "1 to 5 stars").max(5, "1 to 5 stars"),
  ]).default(null),
  note: prose(4_000).default(""),
}).superRefine(({ outcome, rating, note }, ctx) => {
  if (outcome !== "changes" && rating === null) {
    ctx.addIssue({
      code: "custom",
      path: ["rating"],
      message: "Give 1 to 5 stars",
    });
  }
  if (outcome !== "accepted" && note === "") {
    ctx.addIssue({
      code: "custom",
      path: ["note"],
      message: outcome === "changes" ? "Say what is missing" : "Say why",
    });
  }
});
export type Review = z.infer<typeof Review>;

/** Body of `POST /api/bounties/{id}/cancel`. */
export const Cancellation = z.object({
  note: prose(1_000).default("").transform((note) => note || null),
});

/** The query of `GET /api/bounties`. */
export const BountyQuery = z.object({
  /** `available`: open or matched. */
  state: z.enum(["available", ...BOUNTY_STATES, ""]).transform((state) =>
    state || undefined
  ).optional(),
  category: z.enum([...BOUNTY_CATEGORIES, ""]).transform((category) =>
    category || undefined
  ).optional(),
  skill: z.string().trim().toLowerCase().max(40).optional(),
  q: z.string().trim().max(100).optional(),
  /** Of an earlier answer, as it is. */
  cursor: z.string().max(100).optional(),
});
