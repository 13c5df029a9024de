import { useRoomReader } from "../../lib/i18n/live_room.ts";
import type { ThreadState } from "../../lib/messages/threads/types.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import { setFollowing } from "../../lib/realtime/client/thread_actions.ts";
import { complain } from "../chat/use_tools.ts";
import { Glyph } from "../Glyph.tsx";
import { BELL_DOT } from "../chat/bell_dot.ts";
import { learnThreads } from "./states.ts";

/** Whether one is told of replies here. */
export function FollowButton(
  { channel, parentId, state }: {
    channel: string;
    parentId: string;
    state: ThreadState | undefined;
  },
) {
  const { t } = useRoomReader();
  const following = state?.following ?? false;
  const toggle = async () => {
    try {
      const about = { channel, parentId };
      learnThreads([await setFollowing(getPage().env, about, !following)]);
    } catch (error) {
      complain(t, error);
    }
  };
  return (
    <div class="thread-follow">
      <button
        type="button"
        class="button small quiet"
        aria-pressed={following}
        title={t("room.followHint")}
        onClick={() => void toggle()}
      >
        <Glyph d={BELL_DOT} size={14} />
        {t(following ? "room.following" : "room.follow")}
      </button>
    </div>
  );
}
