import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { dayTime } from "../../../lib/i18n/day.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { isFields } from "../../../lib/realtime/client/frames.ts";
import { messagePath } from "../../../lib/realtime/client/message_actions.ts";
import type { ChatItem } from "../../../lib/realtime/client/messages.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { Avatar } from "../../Avatar.tsx";
import { useAnswer } from "../panels/use_answer.ts";
import { Waiting } from "../panels/Waiting.tsx";
import { complain } from "../use_tools.ts";
import { Dialog } from "./Dialog.tsx";

interface Reader {
  id: string;
  name: string;
  handle: string;
  at: number | null;
}

interface Readers {
  readers: Reader[];
  cursor: string | null;
}

/** Who has read as far as a message. */
export function ReadersDialog(
  { item, close }: { item: ChatItem; close: () => void },
) {
  const reader = useRoomReader();
  const { t } = reader;
  const [more, setMore] = useState<Reader[]>([]);
  const [cursor, setCursor] = useState<string | null | undefined>(undefined);
  const path = `${messagePath(item.channel, item.id)}/readers`;
  const first = useAnswer<Readers>(path, read);
  const next = cursor === undefined ? first.value?.cursor ?? null : cursor;
  const all = [...first.value?.readers ?? [], ...more];
  const load = async () => {
    try {
      const query = new URLSearchParams({ cursor: next! });
      const page = read(await call(getPage().env, "GET", `${path}?${query}`));
      setMore([...more, ...page.readers]);
      setCursor(page.cursor);
    } catch (error) {
      complain(t, error);
    }
  };
  return (
    <Dialog title={t("room.readersTitle")} close={close}>
      {first.value === null
        ? <Waiting {...first} />
        : all.length === 0
        ? <p>{t("room.noReaders")}</p>
        : (
          <ul class="readers">
            {all.map(({ id, name, at }) => (
              <li key={id}>
                <Avatar id={id} name={name} size={24} />
                <span>{name}</span>
                {at !== null && (
                  <time dateTime={new Date(at).toISOString()}>
                    {dayTime(at, reader)}
                  </time>
                )}
              </li>
            ))}
          </ul>
        )}
      <div class="dialog-actions">
        {next !== null && (
          <button type="button" class="button quiet" onClick={load}>
            {t("room.more")}
          </button>
        )}
        <button type="button" class="button" autofocus onClick={close}>
          {t("room.close")}
        </button>
      </div>
    </Dialog>
  );
}

function read(answer: Record<string, unknown>): Readers {
  const list = Array.isArray(answer.readers) ? answer.readers : [];
  return {
    readers: list.flatMap((one) => {
      if (!isFields(one) || !isFields(one.user)) return [];
      const { id, name, handle } = one.user;
      const at = typeof one.at === "number" ? one.at : null;
      return [{
        id: String(id),
        name: String(name),
        handle: String(handle),
        at,
      }];
    }),
    cursor: typeof answer.cursor === "string" ? answer.cursor : null,
  };
}
