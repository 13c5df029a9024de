import { z } from "zod";
import { NexoraError } from "../errors.ts";

const info = z.string().max(100).nullish().transform((text) =>
  text ? text.split(",").map((s) => s.trim()) : []
)
  .pipe(z.array(z.enum(["subscription_count", "user_count", "cache"])));
const channelNames = z.array(z.string()).min(1);
const socketId = z.string().regex(
  /^\d+\.\d+$/,
  "socket_id is of the form 123.456",
).nullish();

const EventFields = {
  name: z.string().min(1).max(200).refine(
    (n) => !/^pusher(_internal)?:/.test(n),
    "pusher: names are the server's own",
  ),
  data: z.string(),
  socket_id: socketId,
  info,
  /** Beyond Pusher: an event with this id is accepted once in 5 minutes. */
  id: z.string().min(1).max(128).nullish(),
};

export const EventBody = z.object({
  ...EventFields,
  channels: channelNames.nullish(),
  channel: z.string().nullish(),
});

export const BatchBody = z.object({
  batch: z.array(z.object({ ...EventFields, channel: z.string() })).min(1),
});

/** @throws {NexoraError} `bad_request` that names the field */
export function parse<T extends z.ZodType>(
  schema: T,
  body: unknown,
): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((i) => [i.path.join("."), i.message]),
  );
  const issue = parsed.error.issues[0]!;
  throw new NexoraError(
    "bad_request",
    `${issue.path.join(".") || "body"}: ${issue.message}`,
    { fields },
  );
}
