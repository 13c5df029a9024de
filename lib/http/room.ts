import type { Context } from "fresh";
import type { Right } from "../auth/policy.ts";
import { enterRoom } from "../messages/mod.ts";
import type { State } from "./define.ts";

/** The room that the address names, if the signed-in user has the right there; see `enterRoom`. */
export function roomOf(
  { state, params }: Pick<Context<State>, "state" | "params">,
  right: Right,
) {
  return enterRoom(state.platform, state.user, right, params.channel!);
}
