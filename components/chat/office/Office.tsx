import "../../core.ts";
import type { RoomTools } from "../room_tools.ts";

export interface OfficeProps {
  kind: "settings" | "reports" | "audit";
  tools: RoomTools;
}

/** What officers look after in a room. */
export function Office({ kind }: OfficeProps) {
  return <p>{kind}</p>;
}
