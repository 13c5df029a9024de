import { z } from "zod";
import { NexoraError } from "../../../lib/errors.ts";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json, noContent } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import {
  archiveNotification,
  deleteNotification,
  getNotification,
  markNotificationRead,
} from "../../../lib/notifications/mod.ts";

const Change = z.union([
  z.object({ read: z.boolean("true or false") }),
  z.object({ archived: z.boolean("true or false") }),
], "Say read or archived: true or false");

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
    const { id } = requireUser(ctx);
    const change = await readBody(ctx.req, Change);
    const { platform } = ctx.state;
    return json(
      "read" in change
        ? await markNotificationRead(platform, id, ctx.params.id!, change.read)
        : await archiveNotification(
          platform,
          id,
          ctx.params.id!,
          change.archived,
        ),
    );
  },
  async DELETE(ctx) {
    const user = requireUser(ctx);
    await deleteNotification(ctx.state.platform, user.id, ctx.params.id!);
    return noContent();
  },
});
