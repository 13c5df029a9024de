import { z } from "zod";
import { Cursor, Limit } from "../http/paging.ts";
import { DISPUTE_STATES } from "./types.ts";

const prose = (min: number, max: number) =>
  z.string({ error: "Write something" }).max(max, `At most ${max} characters`)
    .transform((text) => text.toWellFormed().trim())
    .refine(
      (text) => text.length >= min,
      min > 1 ? `At least ${min} characters` : "Write something",
    );

const Link = z.string().max(2_000, "That address is too long").refine(
  (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
  "An address that begins with https://",
);

/** Lines or a list; what is empty does not count. */
const Links = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(/\s+/)),
]).transform((links) => links.map((one) => one.trim()).filter(Boolean)).pipe(
  z.array(Link).max(10, "At most 10 links"),
);

/** Body of `POST /api/disputes`. */
export const NewDispute = z.object({
  bountyId: z.string().min(1).max(64),
  reason: prose(20, 2_000),
});

/** The form on a bounty's page, which knows the bounty. */
export const DisputeReason = NewDispute.pick({ reason: true });

/** Body of `POST /api/disputes/{id}/evidence`. */
export const NewEvidence = z.object({
  text: prose(1, 4_000),
  links: Links.default([]),
});
export type NewEvidence = z.infer<typeof NewEvidence>;

/** Body of `POST /api/disputes/{id}/vote`: the user id of one of the parties. */
export const Ballot = z.object({
  forId: z.string({ error: "Choose one of the two" }).min(
    1,
    "Choose one of the two",
  ).max(64),
});

/** Body of `POST /api/disputes/{id}/decide`. */
export const Decision = z.object({
  forId: Ballot.shape.forId,
  note: prose(20, 2_000),
  frivolous: z.union([
    z.boolean(),
    z.enum(["on", "1", "true"]).transform(() => true),
  ]).default(false),
});
export type Decision = z.infer<typeof Decision>;

/** Query of `GET /api/disputes`. */
export const DisputesQuery = z.object({
  list: z.enum(["mine", "jury", "guild", "all"]).default("mine"),
  guild: z.string().max(64).optional(),
  state: z.enum(DISPUTE_STATES).optional(),
  cursor: Cursor.optional(),
  limit: Limit.optional(),
});
export type DisputesQuery = z.infer<typeof DisputesQuery>;
