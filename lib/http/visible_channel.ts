import { NexoraError } from "../errors.ts";
import type { Policy } from "../auth/policy.ts";
import { type Channel, parseChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";

/**
 * The channel of that name, if it may be read without a signature: by the policy, or because it is an application's
 * public one.
 *
 * @throws {NexoraError} `bad_request`, `unauthenticated`, `forbidden`
 */
export async function visibleChannel(
  policy: Policy,
  user: User | null,
  name: string,
): Promise<Channel> {
  const channel = parseChannel(name);
  if (!channel) {
    throw new NexoraError(
      "bad_request",
      `${name.slice(0, 60)} is not a channel name`,
    );
  }
  const { subject, access } = channel;
  const visible = subject.kind === "app"
    ? access === "public"
    : subject.kind === "server-to-user"
    ? user?.id === subject.userId
    : await policy.may(user, "see", channel);
  if (visible) return channel;
  throw new NexoraError(user ? "forbidden" : "unauthenticated");
}
