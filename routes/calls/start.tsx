import { page } from "fresh";
import { z } from "zod";
import {
  CallPage,
  type CallPageProps,
} from "../../components/calls/CallPage.tsx";
import { readQuery } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import { enterRoom } from "../../lib/messages/mod.ts";
import { placeOf } from "../../lib/pages/call.ts";
import { orErrorPage, toSignIn } from "../../lib/pages/mod.ts";

const Query = z.object({
  channel: z.string(),
  video: z.literal("1").optional(),
});

/** The window in which a call is started. */
export const handler = define.handlers({
  GET(ctx) {
    const { user, platform } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const { channel, video } = readQuery(ctx.url, Query);
      const { room } = await enterRoom(platform, user, "write", channel);
      return page<CallPageProps>({
        me: { id: user.id, name: user.name },
        where: { channel, video: video === "1" },
        ...await placeOf(platform.kv, room, user.id),
      });
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <CallPage
    {...data}
  />
));
