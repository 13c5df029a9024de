import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import type { RailRoom } from "../../../lib/messages/reading/types.ts";
import { call, failureOf } from "../../../lib/realtime/client/api.ts";
import type { ChatItem } from "../../../lib/realtime/client/messages.ts";
import { messagesPath } from "../../../lib/realtime/client/outbox.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { Avatar } from "../../Avatar.tsx";
import { toasts } from "../../toasts/stack.ts";
import { useAnswer } from "../panels/use_answer.ts";
import { Waiting } from "../panels/Waiting.tsx";
import { QuoteBlock } from "../QuoteBlock.tsx";
import { quoteOf } from "../quote_of.ts";
import type { RoomTools } from "../room_tools.ts";
import { Dialog } from "./Dialog.tsx";

/** Sends a message on to another room, with some words. */
export function ForwardDialog(
  { item, tools, close }: {
    item: ChatItem;
    tools: RoomTools;
    close: () => void;
  },
) {
  const { t } = useRoomReader();
  const [words, setWords] = useState("");
  const [filter, setFilter] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const rooms = useAnswer<RailRoom[]>(
    "/api/me/rooms",
    (answer) => Array.isArray(answer.rooms) ? answer.rooms as RailRoom[] : [],
  );
  const wanted = filter.trim().toLowerCase();
  const shown = (rooms.value ?? []).filter(({ channel, name }) =>
    channel !== tools.channel && name.toLowerCase().includes(wanted)
  );
  const send = async ({ channel, name }: RailRoom) => {
    setFailure(null);
    try {
      await call(getPage().env, "POST", messagesPath(channel), {
        content: words.trim(),
        clientId: getPage().env.newId(),
        quote: { channel: item.channel, id: item.id },
      });
      close();
      toasts.show({ key: "chat said", title: t("room.forwarded", { name }) });
    } catch (error) {
      setFailure(failureOf(error).message);
    }
  };
  return (
    <Dialog title={t("room.forwardTitle")} close={close}>
      <QuoteBlock quote={quoteOf(item)} />
      <label class="field">
        <span class="label">{t("room.forwardWords")}</span>
        <input
          class="input"
          value={words}
          maxLength={2_000}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span class="label">{t("room.forwardTo")}</span>
        <input
          class="input"
          type="search"
          value={filter}
          autocomplete="off"
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
      </label>
      {failure && <p class="wrong" role="alert">{failure}</p>}
      {rooms.value === null
        ? <Waiting {...rooms} />
        : (
          <div class="proposals scroll">
            {shown.length === 0 && <p class="quiet">{t("room.noRooms")}</p>}
            {shown.map((room) => (
              <button
                key={room.channel}
                type="button"
                class="menu-item"
                onClick={() => void send(room)}
              >
                <Avatar
                  id={room.subjectId}
                  name={room.name}
                  size={20}
                  square={room.kind !== "dm"}
                />
                <span>{room.name}</span>
              </button>
            ))}
          </div>
        )}
      <div class="dialog-actions">
        <button type="button" class="button quiet" onClick={close}>
          {t("chat.cancel")}
        </button>
      </div>
    </Dialog>
  );
}
