import { keys } from "../kv/mod.ts";
import type { Call } from "./types.ts";

export async function getCall(
  kv: Deno.Kv,
  callId: string,
): Promise<Call | null> {
  return (await kv.get<Call>(keys.call(callId))).value;
}

/** The call that goes on in a room. */
export async function getCallOf(
  kv: Deno.Kv,
  channel: string,
): Promise<Call | null> {
  const { value } = await kv.get<string>(keys.callInRoom(channel));
  const call = value && await getCall(kv, value);
  return call && call.state !== "ended" ? call : null;
}
