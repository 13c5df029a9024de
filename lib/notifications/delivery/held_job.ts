import { NexoraError } from "../../errors.ts";
import { commit, del, keys } from "../../kv/mod.ts";
import type { Job } from "../../queue/types.ts";
import { formatsFor, languageOf } from "../text/mod.ts";
import { emailOne, sendLogged } from "./email_job.ts";
import { logAttempts } from "./log.ts";
import { digestOf } from "./mail.ts";
import { noteSkipped, pushOne, pushToAll } from "./push_job.ts";
import {
  type Deliverable,
  readDeliverable,
  readRecipient,
  type Recipient,
} from "./reading.ts";
import type { DeliveryDeps } from "./types.ts";

interface Held {
  userId: string;
  channel: "push" | "email";
  due: number;
}

/** As many as an e-mail can hold and somebody would read; the rest waits in the app. */
const MOST = 50;

/** Sends what waited for the same time as one: a digest by e-mail, one push after quiet hours. */
export async function sendHeld(
  deps: DeliveryDeps,
  held: Held,
  job: Pick<Job, "attempt" | "enqueuedAt">,
): Promise<void> {
  const { kv } = deps;
  const { userId, channel, due } = held;
  const prefix = keys.notificationsHeld(userId, channel, due);
  const ids = await Array.fromAsync(
    kv.list({ prefix }),
    (row) => row.key.at(-1) as string,
  );
  const recipient = await readRecipient(kv, userId);
  if (recipient) await sendThose(deps, held, recipient, ids, job);
  // Only now: a job that runs again finds them again, and their logs say which are done.
  for (let i = 0; i < ids.length; i += 500) {
    await commit(kv, {
      mutations: ids.slice(i, i + 500).map((id) =>
        del(keys.notificationHeld(userId, channel, due, id))
      ),
    });
  }
}

async function sendThose(
  deps: DeliveryDeps,
  { userId, channel, due }: Held,
  recipient: Recipient,
  ids: string[],
  job: Pick<Job, "attempt" | "enqueuedAt">,
): Promise<void> {
  const open: Deliverable[] = [];
  for (const id of ids) {
    const read = await readDeliverable(deps, recipient, id, channel);
    if ("skipped" in read) {
      await noteSkipped(deps, userId, id, channel, read, job.attempt);
    } else open.push(read);
  }
  const [only] = open;
  if (!only) return;
  if (open.length === 1) {
    const one = { userId, id: only.notification.id };
    return channel === "push"
      ? await pushOne(deps, one, job)
      : await emailOne(deps, one, job);
  }
  return channel === "push"
    ? await pushSummary(deps, recipient, open, due, job)
    : await mailDigest(deps, recipient, open, due, job);
}

async function mailDigest(
  deps: DeliveryDeps,
  { user }: Recipient,
  open: Deliverable[],
  due: number,
  job: Pick<Job, "attempt">,
): Promise<void> {
  const latest = open.slice(-MOST).reverse();
  const mail = await digestOf(deps, user, latest.map((d) => d.view), due);
  await sendLogged(
    deps,
    mail,
    job.attempt,
    open.map(({ notification, log }) => ({
      userId: user.id,
      id: notification.id,
      decidedAt: log.at,
    })),
  );
}

async function pushSummary(
  deps: DeliveryDeps,
  { user, inbox }: Recipient,
  open: Deliverable[],
  due: number,
  job: Pick<Job, "attempt">,
): Promise<void> {
  const { words } = languageOf(user.locale);
  const { attempts, later } = await pushToAll(deps, user.id, {
    id: null,
    title: words.push.waiting(formatsFor(user).number(open.length)),
    body: words.push.waitingBody,
    link: "/notifications",
    tag: `held-${due}`,
    actions: [],
    unread: inbox.unread,
  }, {
    urgent: false,
    topic: `held-${due}`,
    except: new Set(),
    attempt: job.attempt,
  });
  for (const { notification, log } of open) {
    await logAttempts(deps, user.id, notification.id, {
      attempts,
      ...later ? {} : { done: { channel: "push", decidedAt: log.at } },
    });
  }
  if (later) throw new NexoraError("store_unavailable", later);
}
