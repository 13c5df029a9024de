import { z } from "zod";
import type { Actor } from "../auth/policy.ts";
import { NexoraError } from "../errors.ts";
import type { Platform } from "../platform.ts";
import { parseChannel } from "./channels.ts";

/** An event that an admin sends to see whether it arrives. `data` is JSON text. */
export const TestEvent = z.object({
  channel: z.string().trim().refine(
    (name) => parseChannel(name) !== null,
    "Letters, digits and _ - = @ , . ; at most 200",
  ),
  event: z.string().trim().min(1, "Name the event").max(200, "At most 200")
    .refine(
      (name) => !/^pusher(_internal)?:/.test(name),
      "pusher: names are the server's own",
    ),
  data: z.string().max(40_000, "Too long").refine(isJson, "This is not JSON"),
});
export type TestEvent = z.infer<typeof TestEvent>;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Publishes as an application's server would. On channels of Nexora's own the policy has the last word: an admin does
 * not write into other people's conversations.
 *
 * @returns subscribers of the channel over all isolates, as known now
 * @throws {NexoraError} `forbidden`, `bad_request`, `too_large`, `store_unavailable`
 */
export async function publishTest(
  { realtime, policy }: Pick<Platform, "realtime" | "policy">,
  admin: Actor,
  { channel: name, event, data }: TestEvent,
): Promise<{ subscribers: number }> {
  const channel = parseChannel(name)!;
  if (
    channel.subject.kind !== "app" &&
    !await policy.may(admin, "write", channel)
  ) {
    throw new NexoraError("forbidden", "Admins do not write into this channel");
  }
  await realtime.publishing.event({ channel: name, name: event, data });
  return { subscribers: await realtime.occupancy.total(name) };
}

export const Termination = z.object({ userId: z.string().min(1).max(128) });
