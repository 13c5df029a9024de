import type { LiveRoom } from "../../lib/realtime/client/rooms.ts";

/** Where a room's page is. */
export function roomPath(
  { kind, subjectId, handle }: Pick<LiveRoom, "kind" | "subjectId" | "handle">,
): string {
  return kind === "dm"
    ? `/messages/${handle}`
    : `/${kind === "guild" ? "guilds" : "disputes"}/${subjectId}`;
}
