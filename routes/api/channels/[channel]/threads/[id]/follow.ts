import type { Context } from "fresh";
import type { State } from "../../../../../../lib/http/define.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import { followThread } from "../../../../../../lib/messages/mod.ts";

async function follow(ctx: Context<State>, on: boolean): Promise<Response> {
  const { room, user } = await roomOf(ctx, "see");
  const state = await followThread(
    ctx.state.platform,
    room.name,
    ctx.params.id!,
    user.id,
    on,
  );
  return json({ state });
}

/** Be told of replies, or no more. */
export const handler = endpoint({
  PUT: (ctx) => follow(ctx, true),
  DELETE: (ctx) => follow(ctx, false),
});
