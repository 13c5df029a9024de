import { Glyph } from "../Glyph.tsx";
import { ARROW_UP } from "./glyphs.ts";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { draftsOf, localStore } from "./drafts.ts";

/** `MAX_CONTENT` of lib/messages, which brings the schema library along and stays on the server. */
export const LONGEST = 4_000;
/** Characters before the limit from which on the rest is counted. */
const WARN = 200;

export interface ComposerProps {
  channel: string;
  userId: string;
  /** Whom or what one writes to. */
  place: string;
  /** To begin with; else the draft. */
  text?: string;
  /** Where the form posts without scripts. */
  action: string;
  send: (content: string) => void;
  typing: () => void;
  /** Arrow up in an empty field: back into the messages. */
  onUp: () => void;
  /** What stands under the field on the left. */
  children?: ComponentChildren;
}

/** Where one writes. Enter sends, Shift+Enter breaks the line; a draft a channel survives leaving. */
export function Composer(props: ComposerProps) {
  const { channel, userId, place, action, send, typing, onUp, children } =
    props;
  const { t } = useChatReader();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(props.text ?? "");
  const left = LONGEST - text.trim().length;
  const ready = text.trim() !== "" && left >= 0;

  useEffect(() => {
    // What was typed before the script came stays; else what was left here.
    const draft = field.current!.value ||
      draftsOf(localStore(), userId, channel).read();
    setText(draft);
  }, [channel, userId]);

  const change = (value: string) => {
    setText(value);
    draftsOf(localStore(), userId, channel).write(value);
    if (value.trim() !== "") typing();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    field.current?.focus();
    if (!ready) return;
    send(text.trim());
    setText("");
    draftsOf(localStore(), userId, channel).write("");
  };
  const key = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word.
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) submit(event);
    else if (event.key === "ArrowUp" && text === "") {
      event.preventDefault();
      onUp();
    }
  };
  return (
    <form class="chat-foot" method="post" action={action} onSubmit={submit}>
      <div class="composer">
        <textarea
          ref={field}
          name="content"
          rows={1}
          value={text}
          aria-label={t("chat.label")}
          aria-describedby="composer-note"
          placeholder={t("chat.write", { place })}
          enterkeyhint="send"
          onInput={(event) =>
            change(event.currentTarget.value)}
          onKeyDown={key}
        />
        <button
          type="submit"
          class="icon-button send"
          aria-label={t("chat.send")}
          title={t("chat.send")}
          aria-disabled={IS_BROWSER && !ready}
        >
          <Glyph d={ARROW_UP} size={18} />
        </button>
      </div>
      <div class="composer-note">
        {children}
        <span id="composer-note" class={left < 0 ? "over" : "hide-small"}>
          {left < 0
            ? t("chat.over", { count: -left })
            : left < WARN
            ? t("chat.left", { count: left })
            : t("chat.hint")}
        </span>
      </div>
    </form>
  );
}
