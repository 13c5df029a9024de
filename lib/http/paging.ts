import { z } from "zod";

/** `limit` of a list, from the query: 1–100. */
export const Limit = z.coerce.number("A number from 1 to 100").int(
  "A whole number",
).min(1, "At least 1").max(
  100,
  "At most 100",
);

/** The cursor of an earlier answer: an id, taken as it is. */
export const Cursor = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "Not a cursor");

export const PageQuery = z.object({
  cursor: Cursor.optional(),
  limit: Limit.optional(),
});
