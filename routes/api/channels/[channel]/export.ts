import { z } from "zod";
import { readQuery } from "../../../../lib/http/body.ts";
import { endpoint } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import { exportRoom } from "../../../../lib/messages/mod.ts";

const Query = z.object({
  format: z.enum(["json", "html"], "json or html").default("json"),
});
const TYPES = { json: "application/json", html: "text/html" };

/** All that was said in a room, to keep. It is long, so it is sent while it is read. */
export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { format } = readQuery(ctx.url, Query);
    const body = await exportRoom(ctx.state.platform, room, user, format);
    return new Response(body, {
      headers: {
        "content-type": `${TYPES[format]}; charset=utf-8`,
        "content-disposition": `attachment; filename="${room.name}.${format}"`,
        // What people wrote is text in it; should a browser show it all the same, it may do nothing.
        "content-security-policy":
          "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      },
    });
  },
});
