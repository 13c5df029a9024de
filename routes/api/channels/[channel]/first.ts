import { readQuery } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import { firstSince, SinceQuery } from "../../../../lib/messages/mod.ts";

/** The first message at or after a time. */
export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    const { since } = readQuery(ctx.url, SinceQuery);
    const { platform } = ctx.state;
    return json({ message: await firstSince(platform, room.name, since) });
  },
});
