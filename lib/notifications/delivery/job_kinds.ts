import { z } from "zod";
import type { NewJob } from "../../queue/types.ts";

export const PUSH_KIND = "notification-push";
export const EMAIL_KIND = "notification-email";
/** What was held for a time: pushes for the end of quiet hours, e-mails for a digest. */
export const HELD_KIND = "notification-held";
export const EXPIRE_KIND = "notification-expire";

export const OnePayload = z.object({ userId: z.string(), id: z.string() });
export const HeldPayload = z.object({
  userId: z.string(),
  channel: z.enum(["push", "email"]),
  due: z.number(),
});
export const ExpirePayload = z.object({ userId: z.string() });

export function sendJob(
  kind: typeof PUSH_KIND | typeof EMAIL_KIND,
  payload: z.infer<typeof OnePayload>,
  delay: number,
): NewJob {
  return { kind, payload, delay };
}

export function heldJob(
  payload: z.infer<typeof HeldPayload>,
  delay: number,
): NewJob {
  return { kind: HELD_KIND, payload, delay };
}

export function expireJob(userId: string, delay: number): NewJob {
  return { kind: EXPIRE_KIND, payload: { userId }, delay };
}
