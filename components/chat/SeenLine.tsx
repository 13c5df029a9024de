import {
  comparePositions,
  parsePosition,
} from "../../lib/realtime/position.ts";
import { exactTime } from "../../lib/i18n/time.ts";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import type { RoomReading } from "../../lib/realtime/client/room_reading.ts";

/** Below the last message of a direct conversation, when it is the reader's own and the other has read it. */
export function SeenLine(
  { items, meId, reading }: {
    items: readonly ChatItem[];
    meId: string;
    reading: RoomReading;
  },
) {
  const reader = useChatReader();
  const receipt = [...reading.receipts.value.values()][0];
  const last = items.at(-1);
  const at = parsePosition(last?.position ?? "");
  const read = parsePosition(receipt?.position ?? "");
  if (
    !receipt || !at || !read || last?.authorId !== meId ||
    comparePositions(read, at) < 0
  ) return null;
  return (
    <p class="seen-line" title={exactTime(receipt.at, reader)}>
      {reader.t("chat.seen")}
    </p>
  );
}
