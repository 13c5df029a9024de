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
import { showTopic } from "./follow_topic.ts";
import { question } from "./room_state.ts";
import type { Rights } from "./room_tools.ts";
import { useSlowMode } from "./use_slow_mode.ts";

/** What a room lets the reader do just now. */
export interface RoomState {
  rights: Rights;
  /** Why nothing can be written here; `null` when it can. */
  closed: string | null;
  schedule: ((content: string) => void) | undefined;
  /** To be called when a message was sent. */
  noteSent: () => void;
}

/** Follows what officers change in a room: slow mode, permissions, somebody muted. */
export function useRoomState(
  channel: string,
  userId: string,
  initial: {
    rights: Rights;
    refusal: Refusal | null;
    slowSeconds: number;
    slowWait: number;
  },
): RoomState {
  const reader = useChatReader();
  const [rights, setRights] = useState(initial.rights);
  const [why, setWhy] = useState(initial.refusal);
  const [slowSeconds, setSlowSeconds] = useState(initial.slowSeconds);
  const waitFor = useSlowMode(initial.slowWait);

  const sent = useRef(0);
  const read = async (): Promise<void> => {
    const before = sent.current;
    const path = `/api/channels/${encodeURIComponent(channel)}/settings`;
    const answer = await call(getPage().env, "GET", path).catch(() => null);
    if (!answer) return;
    const settings = answer.settings as RoomSettings | undefined;
    setSlowSeconds(settings?.slowSeconds ?? 0);
    // Written while this was on its way: it may not know of that yet.
    if (settings?.slowSeconds && sent.current > before) return await read();
    const { mine } = answer;
    if (!isFields(mine)) return;
    waitFor(Number(mine.wait) || 0);
    setRights({
      write: mine.write === true,
      react: mine.react === true,
      pin: mine.pin === true,
      mentionEveryone: mine.mentionEveryone === true,
      upload: mine.upload === true,
      moderate: mine.administer === true,
    });
    if (mine.write === true) setWhy(null);
    else if (!mine.mute) setWhy((known) => known ?? { reason: "role" });
  };
  useChannelEvent<RoomSettings>(channel, "room:updated", ({ topic }) => {
    showTopic(topic);
    void read();
  });
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
  // What the reader sends from any device, into the room or a thread, makes them wait on all of them.
  const slow = slowSeconds > 0 && !rights.moderate;
  useChannelEvent<{ authorId: string }>(
    channel,
    "message:new",
    ({ authorId }) => {
      if (authorId !== userId) return;
      sent.current++;
      if (slow) void read();
    },
  );
  const noteSent = () => {
    if (slow) waitFor(slowSeconds * 1_000);
  };
  return {
    rights: why === null ? rights : {
      ...rights,
      write: false,
      // Where only officers write, others still react; the muted do not.
      react: rights.react && why.reason === "role",
    },
    closed: why && words(why, reader),
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
