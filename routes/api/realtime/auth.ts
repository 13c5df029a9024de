import { z } from "zod";
import { NexoraError } from "../../../lib/errors.ts";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { signChannel } from "../../../lib/realtime/auth.ts";
import { parseChannel } from "../../../lib/realtime/mod.ts";

const Body = z.object({
  socket_id: z.string().regex(/^\d+\.\d+$/),
  channel_name: z.string().min(1).max(200),
});

/** Pusher channel authorisation: `{auth, channel_data?}` if the policy lets the signed-in user see the channel. */
export const handler = endpoint({
  POST: async (ctx) => {
    const { platform, user } = ctx.state;
    const { socket_id, channel_name } = await readBody(ctx.req, Body);
    if (!user) throw new NexoraError("unauthenticated");
    const channel = parseChannel(channel_name);
    if (!channel || channel.subject.kind === "server-to-user") {
      throw new NexoraError(
        "bad_request",
        "That is not a channel to authorise",
      );
    }
    if (!await platform.policy.may(user, "see", channel)) {
      throw new NexoraError("forbidden", "You may not see this channel");
    }
    const channel_data = channel.access === "presence"
      ? JSON.stringify({
        user_id: user.id,
        user_info: { handle: user.handle, name: user.name },
      })
      : undefined;
    const auth = signChannel(
      platform.config.app,
      socket_id,
      channel_name,
      channel_data,
    );
    return json({ auth, ...(channel_data && { channel_data }) });
  },
});
