import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { toasts } from "../../toasts/stack.ts";
import { noteBlocked } from "../blocked.ts";
import { complain } from "../use_tools.ts";
import { Question } from "./Question.tsx";

/** Asks before somebody is blocked, and says what that means. */
export function BlockQuestion(
  { userId, name, close }: { userId: string; name: string; close: () => void },
) {
  const { t } = useRoomReader();
  const block = async () => {
    close();
    try {
      const path = `/api/me/blocks/${encodeURIComponent(userId)}`;
      await call(getPage().env, "PUT", path);
      noteBlocked(userId, true);
      toasts.show({ key: "chat said", title: t("room.blocked", { name }) });
    } catch (error) {
      complain(t, error);
    }
  };
  return (
    <Question
      title={t("room.blockTitle", { name })}
      action={t("room.block")}
      run={block}
      close={close}
    >
      <p>{t("room.blockBody")}</p>
    </Question>
  );
}
