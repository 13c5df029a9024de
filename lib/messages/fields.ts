import { z } from "zod";
import { LEVELS } from "./choices/types.ts";
import { NexoraError } from "../errors.ts";
import { orderKey, parseOrderKey, parsePosition } from "../realtime/mod.ts";
import type { MarkAt } from "./reading/mark.ts";
import type { Message } from "./types.ts";

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

/** Data of an event, as JSON (source: Pusher Channels). */
const MAX_EVENT = 10 * 1024;

/** Refuses a message whose text, quote and names do not fit into its event. @throws {NexoraError} `bad_request` */
export function expectFits(message: Message): void {
  const { length } = new TextEncoder().encode(JSON.stringify(message));
  // A reply's event has its parent's counts, too.
  if (length <= MAX_EVENT - 512) return;
  throw new NexoraError("bad_request", undefined, {
    fields: { content: "Too long with what it quotes and whom it names" },
  });
}

/** What an empty field of a form means. */
const absentIfEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => value === "" || value === null ? undefined : value,
    schema.optional(),
  );

export const MessageId = z.string().regex(
  /^[A-Za-z0-9_-]{1,64}$/,
  "Not a message's id",
);

const QuoteField = z.object({
  channel: z.string().max(200),
  id: MessageId,
});

/** Body of `POST /api/channels/{channel}/messages` and of the message form. */
export const NewMessage = z.object({
  /** Empty beside files. */
  content: z.string().transform((text) => text.trim()).pipe(
    z.union([z.literal(""), Content]),
  ),
  clientId: absentIfEmpty(
    z.string().regex(
      /^[\x21-\x7e]{1,64}$/,
      "1–64 printable characters without spaces",
    ),
  ),
  parentId: absentIfEmpty(MessageId),
  quote: absentIfEmpty(QuoteField),
  /** Ids of files that were uploaded into the room, in their order. */
  attachments: z.array(MessageId).max(10, "At most 10 files").optional(),
}).refine(
  ({ content, attachments, quote }) =>
    content !== "" || quote !== undefined || Boolean(attachments?.length),
  { path: ["content"], message: "Write something" },
);
export type NewMessage = z.infer<typeof NewMessage>;

/** Body of `PATCH …/messages/{id}`. */
export const MessageEdit = z.object({
  content: Content,
  revision: z.number().int().min(0).optional(),
});

/** One emoji: a pictogram with its modifiers, a flag, a keycap. */
export const Emoji = z.string().max(32).regex(
  /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?)$/v,
  "Not an emoji",
);

/** Body of `POST …/reactions`. */
export const ReactionChange = z.object({
  emoji: Emoji,
  on: z.boolean("true or false"),
});

/** Body of `POST …/pin`. */
export const PinChange = z.object({ pinned: z.boolean("true or false") });

/** A place in a room: the cursor of an earlier answer, or a message's position. */
const Place = z.string().transform((text, ctx) => {
  const position = parseOrderKey(text) ?? parsePosition(text);
  if (position) return orderKey(position);
  ctx.addIssue({ code: "custom", message: "Not a cursor" });
  return z.NEVER;
});

const Paging = z.object({
  before: Place.optional(),
  after: Place.optional(),
  limit: z.coerce.number("A number from 1 to 100").int("A whole number").min(
    1,
    "At least 1",
  ).max(100, "At most 100")
    .optional(),
});

/** Query of `GET /api/channels/{channel}/messages`. */
export const MessagesQuery = Paging.extend({ around: MessageId.optional() })
  .refine(
    ({ before, after, around }) =>
      [before, after, around].filter((one) => one !== undefined).length <= 1,
    { path: ["after"], message: "Give one of before, after and around" },
  );

/** Query of `GET /api/channels/{channel}/threads/{id}`. */
export const ThreadQuery = Paging.refine(
  ({ before, after }) => before === undefined || after === undefined,
  { path: ["after"], message: "Give before or after, not both" },
);

/** Body of `POST …/read`: everything, up to a message, or unread from a message on. */
export const ReadChange = z.object({
  messageId: absentIfEmpty(MessageId),
  unreadFrom: absentIfEmpty(MessageId),
  /** With `messageId`: the `revision` that the device knew. */
  revision: z.number().int().min(0).optional(),
}).transform(({ messageId, unreadFrom, revision }): MarkAt =>
  unreadFrom !== undefined
    ? { kind: "unreadFrom", messageId: unreadFrom }
    : messageId !== undefined
    ? { kind: "upTo", messageId, knew: revision }
    : { kind: "all" }
);

/** Body of `POST …/threads/{id}/read`: all of it, or up to a reply. */
export const ThreadReadChange = z.object({
  messageId: absentIfEmpty(MessageId),
});

/** Body of `PUT …/draft`. */
export const DraftChange = z.object({
  /** Not trimmed: it is not finished. */
  content: z.string().max(MAX_CONTENT, `At most ${MAX_CONTENT} characters`)
    .transform((text) => text.toWellFormed()),
  at: z.number().int().min(0),
  parentId: absentIfEmpty(MessageId),
});

export const DraftQuery = z.object({ parentId: absentIfEmpty(MessageId) });

const Time = z.number("Milliseconds").int("Whole milliseconds").min(0);

/** Query of `GET …/first`. */
export const SinceQuery = z.object({
  /** Milliseconds; no later than a `Date` can be. */
  since: z.coerce.number("Milliseconds").int("Whole milliseconds").min(0)
    .max(8.64e15),
});

/** Body of `POST …/scheduled`. */
export const NewScheduled = z.object({
  content: Content,
  sendAt: Time,
  parentId: absentIfEmpty(MessageId),
  quote: absentIfEmpty(QuoteField),
});

/** Body of `PATCH …/scheduled/{id}`. */
export const ScheduledChange = z.object({
  content: Content.optional(),
  sendAt: Time.optional(),
});

/** Body of `PUT /api/me/rooms/{channel}`. */
export const RoomChoiceChange = z.object({
  level: z.enum(LEVELS).optional(),
  starred: z.boolean().optional(),
}).refine(
  ({ level, starred }) => level !== undefined || starred !== undefined,
  "A level, a star, or both",
);
