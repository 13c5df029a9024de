import "../core.ts";
import type { RoomTools } from "../room_tools.ts";
import { AuditLog } from "./AuditLog.tsx";
import { Reports } from "./Reports.tsx";
import { RoomRules } from "./RoomRules.tsx";

export interface OfficeProps {
  kind: "settings" | "reports" | "audit";
  tools: RoomTools;
}

/** What officers look after in a room. */
export function Office({ kind, tools }: OfficeProps) {
  const path = `/api/channels/${encodeURIComponent(tools.channel)}`;
  switch (kind) {
    case "settings":
      return <RoomRules path={path} kind={tools.kind} />;
    case "reports":
      return <Reports path={path} tools={tools} />;
    case "audit":
      return <AuditLog path={path} tools={tools} />;
  }
}
