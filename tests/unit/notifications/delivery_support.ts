import {
  type Mail,
  type Mailer,
  smtpMailer,
} from "../../../lib/notifications/delivery/mailer.ts";
import {
  registerDeliveryJobs,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { vapidOf } from "../../../lib/notifications/delivery/vapid.ts";
import { type DeliveryDeps } from "../../../lib/notifications/delivery/types.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";
import { getDeliveryLog } from "../../../lib/notifications/delivery/log.ts";

export interface DeliveryWorld extends TestDeps {
  delivery: DeliveryDeps;
  /** What was given to the mailer, when no SMTP server is. */
  mails: Mail[];
  /** Runs what is due now, and what that makes due. */
  run(): Promise<void>;
}

/** One isolate that delivers; its clock stands still, so what is for later waits until the clock is moved. */
export async function openDelivery(
  { smtp, push, register }: {
    smtp?: string;
    push?: typeof fetch;
    /** Further handlers of jobs. */
    register?: (deps: TestDeps) => void;
  } = {},
): Promise<DeliveryWorld> {
  const deps = await openDeps();
  const mails: Mail[] = [];
  const mailer: Mailer = smtp ? smtpMailer(smtp) : {
    send: (mail) => {
      mails.push(mail);
      return Promise.resolve("250 taken");
    },
    close: () => Promise.resolve(),
  };
  const delivery: DeliveryDeps = {
    ...deps,
    mailer,
    mailFrom: "Nexora <no-reply@nexora.example>",
    site: "https://nexora.example",
    vapid: vapidOf(deps.kv, undefined, "no-reply@nexora.example"),
    production: true,
    fetch: push,
    resolve: () => Promise.resolve(["93.184.216.34"]),
  };
  registerNotificationJobs(deps.queue, deps);
  registerDeliveryJobs(deps.queue, delivery);
  register?.(deps);
  deps.queue.start();
  return {
    ...deps,
    delivery,
    mails,
    run: () => deps.queue.drain(10_000),
    async [Symbol.asyncDispose]() {
      await mailer.close();
      await deps[Symbol.asyncDispose]();
    },
  };
}

/** A type that goes everywhere by default. */
export const accepted = (n: number | string = 1) => ({
  type: "bounty_accepted" as const,
  data: {
    bountyId: `b${n}`,
    bountyTitle: `Icons ${n} <b>&</b>`,
    guildId: "g",
    guildName: "Lantern",
  },
});

export const here = { userAgent: "Test", production: true };

export async function told(world: DeliveryWorld, id: string) {
  const log = await getDeliveryLog(world.kv, "ada", id);
  return log!.attempts.filter((a) => a.channel === "push").map((a) =>
    `${a.attempt} ${a.outcome}`
  );
}
