import { z } from "zod";
import { NexoraError } from "../../../lib/errors.ts";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { listWatched } from "../../../lib/status/mod.ts";
import { signUser } from "../../../lib/realtime/auth.ts";

const Body = z.object({
  socket_id: z.string().regex(/^\d+\.\d+$/),
  /** Ask to be told who of one's direct conversations comes and goes. */
  watchlist: z.union([z.boolean(), z.stringbool()]).default(false),
});

/** Pusher user authentication: `{auth, user_data}` of the signed-in user. */
export const handler = endpoint({
  POST: async (ctx) => {
    const { platform, user } = ctx.state;
    const { socket_id, watchlist } = await readBody(ctx.req, Body);
    if (!user) throw new NexoraError("unauthenticated");
    const user_data = JSON.stringify({
      id: user.id,
      user_info: { handle: user.handle, name: user.name },
      ...(watchlist && { watchlist: await listWatched(platform, user.id) }),
    });
    return json({
      auth: signUser(platform.config.app, socket_id, user_data),
      user_data,
    });
  },
});
