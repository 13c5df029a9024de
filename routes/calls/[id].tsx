import { HttpError, page } from "fresh";
import {
  CallPage,
  type CallPageProps,
} from "../../components/calls/CallPage.tsx";
import { getCall } from "../../lib/calls/mod.ts";
import { define } from "../../lib/http/define.ts";
import { enterRoom } from "../../lib/messages/mod.ts";
import { placeOf } from "../../lib/pages/call.ts";
import { orErrorPage, toSignIn } from "../../lib/pages/mod.ts";

/** A call's window. */
export const handler = define.handlers({
  GET(ctx) {
    const { user, platform } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const call = await getCall(platform.kv, ctx.params.id!);
      if (!call) throw new HttpError(404);
      const { room } = await enterRoom(platform, user, "see", call.channel);
      return page<CallPageProps>({
        me: { id: user.id, name: user.name },
        where: { callId: call.id },
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
