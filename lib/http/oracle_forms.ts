import { z } from "zod";

/** What an admin decides about a case of the oracle. */
export const CaseDecision = z.object({
  action: z.enum(["acknowledge", "dismiss", "reopen"]),
  note: z.string().trim().max(500, "At most 500 characters").default(""),
});

export const CaseQuery = z.object({
  state: z.enum(["open", "acknowledged", "dismissed", "all"]).default("open"),
});
