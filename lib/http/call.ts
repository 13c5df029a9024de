import type { Context } from "fresh";
import type { Right } from "../auth/policy.ts";
import { type Call, getCall } from "../calls/mod.ts";
import { NexoraError } from "../errors.ts";
import { enterRoom } from "../messages/mod.ts";
import type { User } from "../users/mod.ts";
import type { State } from "./define.ts";
import { requireUser } from "./session.ts";

/**
 * The call that the address names, if the signed-in user has the right in its room. A call that is not and one of a
 * closed room are told apart by nothing.
 *
 * @throws {NexoraError} `unauthenticated`, `not_found`, `forbidden` to who may see the room and not write there
 */
export async function callOf(
  ctx: Pick<Context<State>, "state" | "params">,
  right: Right,
): Promise<{ call: Call; user: User }> {
  const user = requireUser(ctx);
  const { platform } = ctx.state;
  const call = await getCall(platform.kv, ctx.params.id!);
  const hidden = new NexoraError("not_found", "There is no such call");
  if (call === null) throw hidden;
  await enterRoom(platform, user, "see", call.channel).catch(() => {
    throw hidden;
  });
  if (right !== "see") await enterRoom(platform, user, right, call.channel);
  return { call, user };
}
