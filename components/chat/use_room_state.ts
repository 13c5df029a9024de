import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../../lib/auth/room_rights.ts";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { exactTime } from "../../lib/i18n/time.ts";
import type {
  MuteChange,
  RoomSettings,
} from "../../lib/messages/moderation/types.ts";
import { call } from "../../lib/realtime/client/api.ts";
import { isFields } from "../../lib/realtime/client/frames.ts";
import { useChannelEvent } from "../../lib/realtime/client/hooks/channel.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import { question } from "./room_state.ts";
import type { Rights } from "./room_tools.ts";

/** What a room lets the reader do just now. */
export interface RoomState {
  rights: Rights;
  /** Why nothing can be written here; `null` when it can. */
  closed: string | null;
  /** Seconds until the next message is taken. */
  slow: number;
  schedule: ((content: string) => void) | undefined;
  /** To be called when a message was sent. */
  noteSent: () => void;
}

/** Follows what officers change in a room: slow mode, permissions, somebody muted. */
export function useRoomState(
  channel: string,
  userId: string,
  initial: { rights: Rights; refusal: Refusal | null; slowSeconds: number },
): RoomState {
  const reader = useChatReader();
  const [rights, setRights] = useState(initial.rights);
  const [why, setWhy] = useState(initial.refusal);
  const [slowSeconds, setSlowSeconds] = useState(initial.slowSeconds);
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const ticking = useRef<ReturnType<typeof setInterval>>();

  const read = async () => {
    const path = `/api/channels/${encodeURIComponent(channel)}/settings`;
    const answer = await call(getPage().env, "GET", path).catch(() => null);
    if (!answer) return;
    const settings = answer.settings as RoomSettings | undefined;
    setSlowSeconds(settings?.slowSeconds ?? 0);
    const { mine } = answer;
    if (!isFields(mine)) return;
    setRights({
      write: mine.write === true,
      pin: mine.pin === true,
      mentionEveryone: mine.mentionEveryone === true,
      upload: mine.upload === true,
      moderate: mine.administer === true,
    });
    if (mine.write === true) setWhy(null);
  };
  useChannelEvent<RoomSettings>(channel, "room:updated", () => void read());
  useChannelEvent<MuteChange>(
    `private-user-${userId}`,
    "room:muted",
    ({ channel: where, mute }) => {
      if (where !== channel) return;
      if (mute) setWhy({ reason: "muted", until: mute.until });
      else void read();
    },
  );
  // A mute that ends does so without anybody telling.
  const mutedUntil = why?.reason === "muted" ? why.until : null;
  useEffect(() => {
    if (mutedUntil === null) return;
    const wait = Math.min(Math.max(0, mutedUntil - Date.now()), 2 ** 31 - 1);
    const timer = setTimeout(() => void read(), wait);
    return () => clearTimeout(timer);
  }, [mutedUntil]);
  useEffect(() => () => clearInterval(ticking.current), []);

  const noteSent = () => {
    if (slowSeconds === 0 || rights.moderate) return;
    const end = Date.now() + slowSeconds * 1_000;
    setUntil(end);
    setNow(Date.now());
    clearInterval(ticking.current);
    ticking.current = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= end) clearInterval(ticking.current);
    }, 500);
  };
  return {
    rights: why === null ? rights : { ...rights, write: false },
    closed: why && words(why, reader),
    slow: Math.max(0, Math.ceil((until - now) / 1_000)),
    schedule: (content) => question.value = { kind: "schedule", content },
    noteSent,
  };
}

function words(
  why: Refusal,
  reader: ReturnType<typeof useChatReader>,
): string {
  const { t } = reader;
  switch (why.reason) {
    case "muted":
      return why.until === null
        ? t("chat.muted")
        : t("chat.mutedUntil", { time: exactTime(why.until, reader) });
    case "blocked":
      return t("chat.blocked");
    case "ended":
      return t("chat.ended");
    default:
      return t("chat.mayNotWrite");
  }
}
