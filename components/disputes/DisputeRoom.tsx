import { PanelRight, Scale } from "lucide-preact";
import DisputePane from "../../islands/DisputePane.tsx";
import { RoomBar } from "../chat/RoomBar.tsx";
import type { DisputeView } from "../../lib/disputes/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, Frame, RoomSnapshot } from "../../lib/pages/mod.ts";
import { Room } from "../chat/Room.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Pane } from "./Pane.tsx";

export interface DisputeRoomProps {
  frame: Frame;
  dispute: DisputeView;
  room: RoomSnapshot;
  failure: FormFailure | null;
  flash: string | null;
}

/** A dispute: what is said about it, and beside it where it stands. */
export function DisputeRoom(
  { frame, dispute, room, failure, flash }: DisputeRoomProps,
) {
  const { t } = usePageReader();
  const { state } = dispute;
  const over = state === "resolved" || state === "withdrawn";
  const closed = over
    ? t("disputes.closed")
    : dispute.role === "observer"
    ? t("disputes.watching")
    : null;
  return (
    <Shell
      frame={frame}
      kind="room"
      title={dispute.bountyTitle}
      about={t(`dispute.state.${state}`)}
      mark={<Scale size={18} aria-hidden="true" />}
      flash={flash}
      actions={
        <>
          <RoomBar
            channel={room.channel}
            starred={null}
            within={room.channel}
            moderates={room.rights.moderate}
            exports
          />
          <PaneButton may={dispute.may} />
        </>
      }
    >
      <Room
        room={room}
        kind="dispute"
        people={peopleOf(dispute)}
        place={t("disputes.place")}
        me={frame.me}
        path={`/disputes/${dispute.id}`}
        failure={failure}
        closed={closed}
        start={
          <div class="history-start">
            <span class="history-mark">
              <Scale size={22} strokeWidth={1.7} aria-hidden="true" />
            </span>
            <h2>{t("disputes.start")}</h2>
            <p>{t("disputes.startBody")}</p>
          </div>
        }
      />
      <aside
        id="dispute-pane"
        class="pane dispute-side"
        popover="auto"
        aria-label={t("dispute.pane")}
      >
        <Pane initial={dispute} />
      </aside>
      <DisputePane place="dispute-pane" initial={dispute} />
    </Shell>
  );
}

function peopleOf({ raiser, accused, jurors }: DisputeView) {
  return [raiser, accused, ...jurors].filter((one) => one !== null)
    .map(({ id, name }) => ({ id, name }));
}

/** Opens the pane where it does not fit beside the room; says so when something waits in it. */
function PaneButton({ may }: { may: DisputeView["may"] }) {
  const { t } = usePageReader();
  const call = may.vote
    ? t("dispute.vote.cast")
    : may.decide
    ? t("dispute.decide.submit")
    : null;
  return (
    <button
      type="button"
      class={call
        ? "button small primary pane-toggle"
        : "icon-button pane-toggle"}
      popovertarget="dispute-pane"
      aria-label={call ? undefined : t("disputes.showPane")}
      title={t("disputes.showPane")}
    >
      {call ?? <PanelRight size={18} aria-hidden="true" />}
    </button>
  );
}
