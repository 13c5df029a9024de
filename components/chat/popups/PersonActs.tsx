import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import type { PersonCard } from "../../../lib/status/types.ts";
import { Glyph } from "../../Glyph.tsx";
import { toasts } from "../../toasts/stack.ts";
import { noteBlocked } from "../blocked.ts";
import { replaceIn } from "../formatting.ts";
import { REPLY } from "../reply_glyph.ts";
import { question } from "../room_state.ts";
import type { RoomTools } from "../room_tools.ts";
import { complain } from "../use_tools.ts";

export interface PersonActsProps {
  card: PersonCard;
  set: (card: PersonCard) => void;
  at: HTMLElement;
  tools: RoomTools;
  close: () => void;
}

/** What can be done about somebody: write to them, name them, be told nothing of them. */
export function PersonActs({ card, set, at, tools, close }: PersonActsProps) {
  const { t } = useRoomReader();
  const { user, blocked, muted } = card;
  const { handle, id, name } = user;
  const own = id === tools.me.id;
  const attempt = async (run: () => Promise<unknown>, after: PersonCard) => {
    try {
      await run();
      set(after);
    } catch (error) {
      complain(t, error);
    }
  };
  const mute = () =>
    attempt(async () => {
      const { env } = getPage();
      if (muted) {
        await call(
          env,
          "DELETE",
          `/api/me/mutes/person/${encodeURIComponent(id)}`,
        );
      } else {
        await call(env, "POST", "/api/me/mutes", { kind: "person", id });
        const title = t("room.person.silenced", { name });
        toasts.show({ key: "chat said", title });
      }
    }, { ...card, muted: !muted });
  const block = () => {
    if (!blocked) {
      close();
      question.value = { kind: "block", userId: id, name };
      return;
    }
    void attempt(async () => {
      const path = `/api/me/blocks/${encodeURIComponent(id)}`;
      await call(getPage().env, "DELETE", path);
      noteBlocked(id, false);
    }, { ...card, blocked: false });
  };
  const mention = () => {
    // In the thread, if that is where the name was pressed.
    const chat = at.closest(".chat") ?? document.querySelector(".chat");
    const field = chat?.querySelector<HTMLTextAreaElement>(
      "textarea[name=content]",
    );
    close();
    if (!field) return;
    const { value, selectionStart: from, selectionEnd: to } = field;
    const gap = from > 0 && !/\s/.test(value[from - 1]!) ? " " : "";
    const put = `${gap}@${handle} `;
    const end = from + put.length;
    replaceIn(field, { cut: [from, to], put, select: [end, end] });
  };
  return (
    <div class="person-card-acts">
      {!own && (
        <a class="button small primary" href={`/messages/${handle}`}>
          <Glyph d={REPLY} size={14} /> {t("room.person.message")}
        </a>
      )}
      <a class="button small" href={`/people/${handle}`}>
        {t("room.person.profile")}
      </a>
      {tools.rights.write && !own && tools.kind !== "dm" && (
        <button type="button" class="button small" onClick={mention}>
          {t("room.person.mention")}
        </button>
      )}
      {!own && (
        <>
          <button
            type="button"
            class="button small quiet"
            aria-pressed={muted}
            title={t("room.person.silenceHint")}
            onClick={() => void mute()}
          >
            {t(muted ? "room.person.unsilence" : "room.person.silence")}
          </button>
          <button type="button" class="button small quiet" onClick={block}>
            {t(blocked ? "room.person.unblock" : "room.person.block")}
          </button>
        </>
      )}
    </div>
  );
}
