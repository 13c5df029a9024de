import { z } from "zod";
import { orderKey, parseOrderKey, parsePosition } from "../realtime/mod.ts";

/** Characters (UTF-16 units, as a text field counts them) of a message. */
export const MAX_CONTENT = 4_000;
/** An event's data may have 10 kB as JSON; 8 kB of text leave room for escapes and for who wrote it. */
const MAX_CONTENT_BYTES = 8 * 1024;
const MAX_CONTENT_JSON = 9 * 1024;

/** What people write: line ends made one, control characters out, trimmed. */
export const Content = z.string({ error: "Write something" })
  .max(MAX_CONTENT * 8, `At most ${MAX_CONTENT} characters`)
  .transform((text) =>
    text.toWellFormed().replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "")
      .trim()
  )
  .refine((text) => text.length > 0, "Write something")
  .refine(
    (text) => text.length <= MAX_CONTENT,
    `At most ${MAX_CONTENT} characters`,
  )
  .refine(fits, `At most ${MAX_CONTENT_BYTES / 1024} kB of text`);

function fits(text: string): boolean {
  const encoder = new TextEncoder();
  return encoder.encode(text).length <= MAX_CONTENT_BYTES &&
    encoder.encode(JSON.stringify(text)).length <= MAX_CONTENT_JSON;
}

/** Body of `POST /api/channels/{channel}/messages` and of the message form. */
export const NewMessage = z.object({
  content: Content,
  clientId: z.preprocess(
    (value) => value === "" || value === null ? undefined : value,
    z.string().regex(
      /^[\x21-\x7e]{1,64}$/,
      "1–64 printable characters without spaces",
    ).optional(),
  ),
});
export type NewMessage = z.infer<typeof NewMessage>;

/** A place in a room: the cursor of an earlier answer, or a message's position. */
const Place = z.string().transform((text, ctx) => {
  const position = parseOrderKey(text) ?? parsePosition(text);
  if (position) return orderKey(position);
  ctx.addIssue({ code: "custom", message: "Not a cursor" });
  return z.NEVER;
});

/** Query of `GET /api/channels/{channel}/messages`. */
export const MessagesQuery = z.object({
  before: Place.optional(),
  after: Place.optional(),
  limit: z.coerce.number("A number from 1 to 100").int("A whole number").min(
    1,
    "At least 1",
  ).max(100, "At most 100")
    .optional(),
}).refine((q) => q.before === undefined || q.after === undefined, {
  path: ["after"],
  message: "Give before or after, not both",
});
