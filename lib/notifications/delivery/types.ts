import type { InboxDeps } from "../change.ts";
import type { Mailer } from "./mailer.ts";
import type { Vapid } from "./vapid.ts";

/** What deliveries beyond the app need. */
export interface DeliveryDeps extends InboxDeps {
  mailer: Mailer;
  /** `From:` of every e-mail. */
  mailFrom: string;
  /** Public origin of the site, for links in e-mails. */
  site: string;
  vapid: () => Promise<Vapid>;
  /** Stricter about addresses that clients give. */
  production: boolean;
  fetch?: typeof fetch;
  /** Addresses of a name; default: DNS. */
  resolve?: (host: string) => Promise<string[]>;
}
