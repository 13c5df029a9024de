import type { ThreadState } from "../../messages/threads/types.ts";
import { call } from "./api.ts";
import type { Environment } from "./environment.ts";

const threadPath = (channel: string, parentId: string) =>
  `/api/channels/${encodeURIComponent(channel)}/threads/${
    encodeURIComponent(parentId)
  }`;

/** Marks a thread read, up to a reply or all of it. @throws {ApiFailure} */
export async function readThread(
  env: Environment,
  { channel, parentId }: Pick<ThreadState, "channel" | "parentId">,
  messageId?: string,
): Promise<ThreadState> {
  const path = `${threadPath(channel, parentId)}/read`;
  const answer = await call(env, "POST", path, messageId ? { messageId } : {});
  return answer.state as ThreadState;
}

/** Follows a thread, or leaves it. @throws {ApiFailure} */
export async function setFollowing(
  env: Environment,
  { channel, parentId }: Pick<ThreadState, "channel" | "parentId">,
  on: boolean,
): Promise<ThreadState> {
  const path = `${threadPath(channel, parentId)}/follow`;
  const answer = await call(env, on ? "PUT" : "DELETE", path);
  return answer.state as ThreadState;
}
