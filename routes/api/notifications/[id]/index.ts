import { z } from "zod";
import { NexoraError } from "../../../../lib/errors.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json, noContent } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import {
  archiveNotification,
  deleteNotification,
  getNotification,
  markNotificationRead,
  markNotificationSeen,
  restoreNotification,
  snoozeNotification,
} from "../../../../lib/notifications/mod.ts";

const yesNo = z.boolean("true or false");

/** One change at a time: each has its own answer and its own undo. */
const Change = z.union([
  z.strictObject({ read: yesNo }),
  z.strictObject({ seen: z.literal(true, "true") }),
  z.strictObject({ archived: yesNo }),
  z.strictObject({
    snoozedUntil: z.number("Milliseconds, or null").int().nullable(),
  }),
  z.strictObject({ deleted: z.literal(false, "false") }),
], "Say one of read, seen, archived, snoozedUntil, deleted: false");

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const notification = await getNotification(
      ctx.state.platform,
      user,
      ctx.params.id!,
    );
    if (notification === null) {
      throw new NexoraError("not_found", "There is no such notification");
    }
    return json({ notification });
  },
  async PATCH(ctx) {
    const user = requireUser(ctx);
    const change = await readBody(ctx.req, Change);
    const of = [ctx.state.platform, user.id, ctx.params.id!] as const;
    if ("read" in change) {
      return json(await markNotificationRead(...of, change.read));
    }
    if ("seen" in change) return json(await markNotificationSeen(...of));
    if ("archived" in change) {
      return json(await archiveNotification(...of, change.archived));
    }
    if ("snoozedUntil" in change) {
      return json(await snoozeNotification(...of, change.snoozedUntil));
    }
    return json(await restoreNotification(...of));
  },
  async DELETE(ctx) {
    const user = requireUser(ctx);
    await deleteNotification(ctx.state.platform, user.id, ctx.params.id!);
    return noContent();
  },
});
