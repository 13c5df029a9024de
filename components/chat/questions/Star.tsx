import { useEffect } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import type { RoomChoice } from "../../../lib/messages/choices/types.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { toasts } from "../../toasts/stack.ts";
import { complain } from "../use_tools.ts";

/** Stars the room, or takes the star off, and says what came of it. The rail hears it as every device does. */
export function Star(
  { channel, close }: { channel: string; close: () => void },
) {
  const { t } = useRoomReader();
  useEffect(() => {
    close();
    const path = `/api/me/rooms/${encodeURIComponent(channel)}`;
    const { env } = getPage();
    const turn = async () => {
      const { choice } = await call(env, "GET", path);
      const starred = !(choice as RoomChoice).starred;
      await call(env, "PUT", path, { starred });
      toasts.show({
        key: "chat said",
        title: t(starred ? "room.starred" : "room.unstarred"),
      });
    };
    turn().catch((error) => complain(t, error));
  }, []);
  return null;
}
