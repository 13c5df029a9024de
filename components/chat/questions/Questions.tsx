import "../core.ts";
import type { MutableRef } from "preact/hooks";
import type { Chat } from "../../../lib/realtime/client/chat.ts";
import { type Question, question as asked } from "../room_state.ts";
import type { RoomTools } from "../room_tools.ts";
import { BlockQuestion } from "./BlockQuestion.tsx";
import { DateDialog } from "./DateDialog.tsx";
import { DeleteQuestion } from "./DeleteQuestion.tsx";
import { ForwardDialog } from "./ForwardDialog.tsx";
import { HistoryDialog } from "./HistoryDialog.tsx";
import { MuteDialog } from "./MuteDialog.tsx";
import { NoticesDialog } from "./NoticesDialog.tsx";
import { ReadersDialog } from "./ReadersDialog.tsx";
import { ReportDialog } from "./ReportDialog.tsx";
import { Star } from "./Star.tsx";
import { ScheduleDialog } from "./ScheduleDialog.tsx";

export interface QuestionsProps {
  question: Question;
  tools: RoomTools;
  chat: Chat;
  thread: MutableRef<Chat | null>;
  /** What the room is called. */
  place: string;
}

/** The dialog of what is asked. */
export function Questions(props: QuestionsProps) {
  const { question, tools, chat, thread, place } = props;
  const close = () => {
    if (asked.peek() === question) asked.value = null;
  };
  const lists = () => thread.current ? [chat, thread.current] : [chat];
  switch (question.kind) {
    case "delete":
      return (
        <DeleteQuestion
          item={question.item}
          lists={lists}
          tools={tools}
          close={close}
        />
      );
    case "report":
      return <ReportDialog item={question.item} close={close} />;
    case "history":
      return <HistoryDialog item={question.item} tools={tools} close={close} />;
    case "readers":
      return <ReadersDialog item={question.item} close={close} />;
    case "forward":
      return <ForwardDialog item={question.item} tools={tools} close={close} />;
    case "mute":
      return (
        <MuteDialog
          channel={tools.channel}
          userId={question.userId}
          name={question.name}
          close={close}
        />
      );
    case "block":
      return (
        <BlockQuestion
          userId={question.userId}
          name={question.name}
          close={close}
        />
      );
    case "notices":
      return <NoticesDialog tools={tools} place={place} close={close} />;
    case "date":
      return <DateDialog tools={tools} close={close} />;
    case "star":
      return <Star channel={tools.channel} close={close} />;
    case "schedule":
      return (
        <ScheduleDialog
          channel={tools.channel}
          userId={tools.me.id}
          content={question.content}
          close={close}
        />
      );
  }
}
