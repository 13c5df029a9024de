import "../core.ts";
import type { MutableRef } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import type { Chat } from "../../../lib/realtime/client/chat.ts";
import type { Panel } from "../room_state.ts";
import type { RoomTools } from "../room_tools.ts";
import { PinsPane } from "./PinsPane.tsx";
import { ScheduledPane } from "./ScheduledPane.tsx";
import { Side } from "./Side.tsx";
import { ThreadPane } from "./ThreadPane.tsx";
import { useLazy } from "../use_lazy.ts";
import { panel as open } from "../room_state.ts";

export interface PanelsProps {
  panel: Panel;
  tools: RoomTools;
  chat: Chat;
  thread: MutableRef<Chat | null>;
  place: string;
  back: () => void;
}

/** What stands beside the conversation. */
export function Panels(
  { panel, tools, chat, thread, place, back }: PanelsProps,
) {
  const { t } = useRoomReader();
  const office = useLazy(
    panel.kind === "settings" || panel.kind === "reports" ||
      panel.kind === "audit",
    () => import("../office/Office.tsx"),
    () => open.value = null,
  );
  switch (panel.kind) {
    case "thread":
      return (
        <Side title={t("room.thread")} about={place} back={back} key={panel.id}>
          <ThreadPane
            id={panel.id}
            tools={tools}
            chat={chat}
            thread={thread}
            place={place}
          />
        </Side>
      );
    case "pins":
      return (
        <Side title={t("room.pins")} about={place} back={back}>
          <PinsPane tools={tools} chat={chat} />
        </Side>
      );
    case "scheduled":
      return (
        <Side title={t("room.scheduled")} about={place} back={back}>
          <ScheduledPane chat={chat} />
        </Side>
      );
    default:
      return (
        <Side title={t(`room.${panel.kind}`)} about={place} back={back}>
          {office && <office.Office kind={panel.kind} tools={tools} />}
        </Side>
      );
  }
}
