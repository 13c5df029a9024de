import type { Queue } from "../../queue/types.ts";
import type { Platform } from "../../platform.ts";
import { emailOne } from "./email_job.ts";
import { sendHeld } from "./held_job.ts";
import {
  EMAIL_KIND,
  HELD_KIND,
  HeldPayload,
  OnePayload,
  PUSH_KIND,
} from "./job_kinds.ts";
import { logMailer, smtpMailer } from "./mailer.ts";
import { pushOne } from "./push_job.ts";
import type { DeliveryDeps } from "./types.ts";
import { vapidOf } from "./vapid.ts";

/** Registers the handlers that push and mail notifications; before `queue.start()`. */
export function registerDeliveryJobs(queue: Queue, deps: DeliveryDeps): void {
  queue.handle(
    PUSH_KIND,
    (job) => pushOne(deps, OnePayload.parse(job.payload), job),
  );
  queue.handle(
    EMAIL_KIND,
    (job) => emailOne(deps, OnePayload.parse(job.payload), job),
  );
  queue.handle(
    HELD_KIND,
    (job) => sendHeld(deps, HeldPayload.parse(job.payload), job),
  );
}

const vapids = new WeakMap<Platform, DeliveryDeps["vapid"]>();

/** This server's push keys; the same for every caller of an isolate. */
export function platformVapid(platform: Platform): DeliveryDeps["vapid"] {
  const { config, kv } = platform;
  let vapid = vapids.get(platform);
  if (!vapid) {
    vapids.set(
      platform,
      vapid = vapidOf(kv, config.vapid, config.mailFrom),
    );
  }
  return vapid;
}

/** Deliveries as the environment wants them. */
export function deliveryOf(platform: Platform): DeliveryDeps {
  const { config } = platform;
  const mailer = config.smtpUrl ? smtpMailer(config.smtpUrl) : logMailer();
  platform.onClose(() => mailer.close());
  return {
    ...pick(platform),
    mailer,
    mailFrom: config.mailFrom,
    site: config.origin ?? `http://${config.host}:${config.port}`,
    vapid: platformVapid(platform),
    production: config.production,
  };
}

function pick({ kv, now, newId, log, queue }: Platform) {
  return { kv, now, newId, log, queue };
}
