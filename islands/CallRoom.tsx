import { useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Controls } from "../components/calls/Controls.tsx";
import { Tile } from "../components/calls/Tile.tsx";
import { CallSession } from "../lib/calls/client/session.ts";
import { MAX_PEOPLE } from "../lib/calls/limits.ts";
import { useCallReader } from "../lib/i18n/live_call.ts";
import { getPage } from "../lib/realtime/client/page.ts";

export interface CallRoomProps {
  me: { id: string; name: string };
  /** An existing call, or the room to start one in. */
  where: { callId: string } | { channel: string; video: boolean };
  /** Path of the conversation it belongs to. */
  back: string;
}

const OVER = ["ended", "moved", "full", "refused"];

/** A call: everybody's picture, and the controls. */
export default function CallRoom({ me, where, back }: CallRoomProps) {
  const { t } = useCallReader();
  const session = useMemo(
    () =>
      typeof document === "undefined" ? null : new CallSession(getPage(), me),
    [],
  );
  useEffect(() => {
    if (!session) return;
    void session.join(where).then(() => {
      const id = session.call.peek()?.id;
      // A reload of this page joins this call instead of starting another.
      if (id) history.replaceState(null, "", `/calls/${id}`);
    });
    const leave = () => session.leave();
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [session]);
  if (!session) {
    // The same element at the root as later on: the browser takes over what the server has drawn.
    return (
      <div class="call">
        <p class="call-note" role="status">{t("call.joining")}</p>
      </div>
    );
  }
  return <Live session={session} me={me} back={back} />;
}

function Live(
  { session, me, back }: {
    session: CallSession;
    me: CallRoomProps["me"];
    back: string;
  },
) {
  const { t } = useCallReader();
  const { media } = session;
  const own = useComputed(() => {
    const track = media.picture.value;
    return track ? new MediaStream([track]) : null;
  });
  const state = session.state.value;
  const call = session.call.value;
  const others = session.others.value;
  const trouble = media.trouble.value;
  if (OVER.includes(state)) {
    return (
      <Over
        title={endOf(state, session.reason.value, t)}
        reason={state === "full"
          ? t("call.fullMore", { count: MAX_PEOPLE })
          : state === "refused"
          ? session.reason.value
          : null}
        again={call && call.state !== "ended" ? `/calls/${call.id}` : null}
        back={back}
      />
    );
  }
  const note = state === "joining"
    ? t("call.joining")
    : others.length > 0
    ? null
    : t(call?.state === "ringing" ? "call.ringing" : "call.alone");
  return (
    <div class="call">
      {trouble && (
        <p class="call-trouble" role="alert">{t(`call.trouble.${trouble}`)}</p>
      )}
      <ul
        class="call-tiles"
        aria-label={t("call.people")}
        data-count={others.length + 1}
      >
        <Tile
          id={me.id}
          name={me.name}
          stream={own.value}
          picture={media.picture.value !== null}
          muted={!media.microphoneOn.value}
          screen={media.sharing.value}
          own
        />
        {others.map((other) => (
          <Tile
            key={other.userId}
            id={other.userId}
            name={other.name}
            stream={other.stream}
            picture={other.video && other.stream !== null}
            muted={!other.audio}
            screen={other.screen}
            connecting={!other.connected}
            speaker={media.chosen.value.speaker}
          />
        ))}
      </ul>
      <p class="call-note" role="status">{note}</p>
      <Controls media={media} leave={() => session.leave()} />
    </div>
  );
}

function endOf(
  state: string,
  reason: string | null,
  t: ReturnType<typeof useCallReader>["t"],
): string {
  if (state === "refused") return t("call.refused");
  if (state === "moved" || state === "full") return t(`call.${state}`);
  return reason === "missed" || reason === "declined" || reason === "left"
    ? t(`call.${reason}`)
    : t("call.ended");
}

function Over(
  { title, reason, again, back }: {
    title: string;
    reason: string | null;
    again: string | null;
    back: string;
  },
) {
  const { t } = useCallReader();
  return (
    <div class="call">
      <div class="call-over" role="status">
        <h2>{title}</h2>
        {reason && <p>{reason}</p>}
        <div class="call-over-actions">
          {again && <a class="button" href={again}>{t("call.again")}</a>}
          <a class="button primary" href={back}>{t("call.back")}</a>
        </div>
      </div>
    </div>
  );
}
