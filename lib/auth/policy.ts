import type { Channel } from "../realtime/channels.ts";

/** `see`: subscribe and read history; `write`: publish into it; `administer`: moderate, invite, edit. */
export type Right = "see" | "write" | "administer";

/** Who asks. `null` is somebody who has not signed in. */
export type Actor = { id: string; role: "member" | "admin" } | null;

/** The one place that decides. Pages, JSON API, WebSocket and auth endpoint all ask it. */
export interface Policy {
  may(actor: Actor, right: Right, channel: Channel): Promise<boolean>;
}
