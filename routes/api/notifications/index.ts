import { z } from "zod";
import { readQuery } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { PageQuery } from "../../../lib/http/paging.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { getNotifications } from "../../../lib/notifications/mod.ts";

const Query = PageQuery.extend({
  filter: z.enum(
    ["all", "unread", "archived", "snoozed"],
    "all, unread, archived or snoozed",
  )
    .optional(),
});

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    return json(
      await getNotifications(
        ctx.state.platform,
        user,
        readQuery(ctx.url, Query),
      ),
    );
  },
});
