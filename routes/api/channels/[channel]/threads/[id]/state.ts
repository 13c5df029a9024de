import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import { getThreadState } from "../../../../../../lib/messages/mod.ts";

/** Whether one follows a thread, and what of it is unread. */
export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    const state = await getThreadState(
      platform,
      room.name,
      ctx.params.id!,
      user.id,
    );
    return json({ state });
  },
});
