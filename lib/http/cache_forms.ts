import { z } from "zod";

const kind = z.string().trim().min(1, "Choose a kind").max(64);

/** What an admin purges from the cache. Parts of a key are separated by spaces in a form, a list in JSON. */
export const PurgeRequest = z.discriminatedUnion("what", [
  z.object({ what: z.literal("kind"), kind }),
  z.object({
    what: z.literal("tag"),
    tag: z.string().trim().min(1, "Name a tag").max(256),
  }),
  z.object({
    what: z.literal("key"),
    kind,
    parts: z.union([
      z.array(z.string().min(1).max(256)).min(1).max(8),
      z.string().trim().min(1, "Name a key").max(512)
        .transform((text) => text.split(/\s+/)),
    ]),
  }),
  z.object({ what: z.literal("all") }),
]);
