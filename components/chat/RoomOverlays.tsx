import type { Signal } from "@preact/signals";
import type { MutableRef } from "preact/hooks";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { Chat } from "../../lib/realtime/client/chat.ts";
import { toasts } from "../toasts/stack.ts";
import { panel, question } from "./room_state.ts";
import type { RoomTools } from "./room_tools.ts";
import { usePressedPeople } from "./use_pressed_people.ts";
import { useLazy } from "./use_lazy.ts";
import type { Open } from "./use_tools.ts";

export interface RoomOverlaysProps {
  open: Signal<Open>;
  tools: RoomTools;
  chat: Chat;
  /** The open thread's messages, for who changes one. */
  thread: MutableRef<Chat | null>;
  place: string;
  /** Puts the focus back into the conversation. */
  back: () => void;
}

/** What opens over and beside a conversation, each loaded when it is first wanted. */
export function RoomOverlays(props: RoomOverlaysProps) {
  const { open, tools } = props;
  const { t } = useChatReader();
  const now = open.value;
  usePressedPeople(open);
  const asked = question.value;
  const beside = panel.value;
  const close = () => open.value = null;
  const failed = () => {
    open.value = question.value = panel.value = null;
    toasts.show({ key: "chat said", title: t("chat.notLoaded"), tone: "bad" });
  };
  const menu = useLazy(
    now?.kind === "menu",
    () => import("./popups/MessageMenu.tsx"),
    failed,
  );
  const emoji = useLazy(
    now?.kind === "emoji",
    () => import("./popups/EmojiPicker.tsx"),
    failed,
  );
  const person = useLazy(
    now?.kind === "person",
    () => import("./popups/PersonCard.tsx"),
    failed,
  );
  const questions = useLazy(
    asked !== null,
    () => import("./questions/Questions.tsx"),
    failed,
  );
  const panels = useLazy(
    beside !== null,
    () => import("./panels/Panels.tsx"),
    failed,
  );
  return (
    <>
      {now?.kind === "menu" && menu && (
        <menu.MessageMenu
          key={now.item.key}
          item={now.item}
          at={now.at}
          tools={tools}
          close={close}
        />
      )}
      {now?.kind === "emoji" && emoji && (
        <emoji.EmojiPicker at={now.at} pick={now.pick} close={close} />
      )}
      {now?.kind === "person" && person && (
        <person.PersonCard
          key={now.handle}
          handle={now.handle}
          at={now.at}
          tools={tools}
          close={close}
        />
      )}
      {asked && questions && (
        <questions.Questions
          question={asked}
          tools={tools}
          chat={props.chat}
          thread={props.thread}
          place={props.place}
        />
      )}
      {beside && panels && (
        <panels.Panels
          panel={beside}
          tools={tools}
          chat={props.chat}
          thread={props.thread}
          place={props.place}
          back={props.back}
        />
      )}
    </>
  );
}
