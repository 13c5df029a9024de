import type { Job } from "../../queue/types.ts";
import { logAttempts } from "./log.ts";
import { mailOf } from "./mail.ts";
import type { Mail } from "./mailer.ts";
import { noteSkipped } from "./push_job.ts";
import { readDeliverable, readRecipient } from "./reading.ts";
import type { DeliveryDeps } from "./types.ts";

/** Mails one notification, unless its recipient saw it in the app first. */
export async function emailOne(
  deps: DeliveryDeps,
  { userId, id }: { userId: string; id: string },
  { attempt }: Pick<Job, "attempt">,
): Promise<void> {
  const recipient = await readRecipient(deps.kv, userId);
  if (!recipient) return;
  const read = await readDeliverable(deps, recipient, id, "email");
  if ("skipped" in read) {
    return await noteSkipped(deps, userId, id, "email", read, attempt);
  }
  const { view, log } = read;
  const mail = await mailOf(deps, recipient.user, view, log.added);
  await sendLogged(deps, mail, attempt, [{ userId, id, decidedAt: log.at }]);
}

/** Sends an e-mail and writes down with each notification in it how that went. Throws as the mailer does. */
export async function sendLogged(
  deps: DeliveryDeps,
  mail: Mail,
  attempt: number,
  about: { userId: string; id: string; decidedAt: number }[],
): Promise<void> {
  const log = async (outcome: "delivered" | "failed", detail: string) => {
    for (const { userId, id, decidedAt } of about) {
      await logAttempts(deps, userId, id, {
        attempts: [{ channel: "email", attempt, outcome, detail }],
        ...outcome === "delivered"
          ? { done: { channel: "email", decidedAt } }
          : {},
      });
    }
  };
  let answer: string;
  try {
    answer = await deps.mailer.send(mail);
  } catch (error) {
    await log("failed", error instanceof Error ? error.message : String(error));
    throw error;
  }
  await log("delivered", `the mail server said: ${answer.slice(0, 200)}`);
}
