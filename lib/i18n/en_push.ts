import type { Catalogue } from "./translate.ts";

/** The texts of the switch for push messages, which runs in the browser. */
export const enPush = {
  "push.on": "Push is on in this browser",
  "push.off": "Push is off in this browser",
  "push.lost":
    "Push has ended in this browser: its push service gave it up, or you signed in anew.",
  "push.enable": "Allow push here",
  "push.disable": "Stop push here",
  "push.denied":
    "This browser blocks notifications of this site. Allow them in its settings for the site, then reload.",
  "push.unsupported": "This browser cannot take push messages.",
  "push.failed": "That did not work. Try again.",
} as const satisfies Catalogue;
