import type { LiveRoom } from "../../lib/realtime/client/rooms.ts";

/** What of a room its reader is shown as unread, and what of it calls them; of a muted one, what names them alone. */
export function countsOf(
  { kind, muted, unread, mentions }: LiveRoom,
): { unread: number; calls: number } {
  if (muted) return { unread: mentions, calls: mentions };
  return { unread, calls: kind === "dm" ? unread : mentions };
}
