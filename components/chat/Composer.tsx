import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { Quote } from "../../lib/messages/types.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import { RoomDraft } from "../../lib/realtime/client/room_draft.ts";
import type { Uploads } from "../../lib/realtime/client/uploads.ts";
import { Glyph } from "../Glyph.tsx";
import { ComposerTools } from "./ComposerTools.tsx";
import { draftsOf, localStore } from "./drafts.ts";
import { loadEditBox } from "./EditPlace.tsx";
import { formatOn, linkOver, replaceIn } from "./formatting.ts";
import { ARROW_UP, X } from "./glyphs.ts";
import { LONGEST } from "./limits.ts";
import { scheduled, slowLeft } from "./room_state.ts";
import { useFirstSign } from "../use_first_sign.ts";
import { useLazy } from "./use_lazy.ts";
import { useSuggestions } from "./use_suggestions.tsx";

/** Characters before the limit from which on the rest is counted. */
const WARN = 200;

export interface ComposerProps {
  channel: string;
  userId: string;
  /** The thread that one replies in. */
  parentId?: string;
  /** Whom or what one writes to. */
  place: string;
  /** To begin with; else the draft. */
  text?: string;
  /** Where the form posts without scripts. */
  action?: string;
  /** What is quoted along with the text. */
  quote?: Quote | null;
  dropQuote?: () => void;
  /** Instead of the field: why one cannot write here. */
  closed?: string | null;
  send: (content: string) => void;
  typing: () => void;
  /** Arrow up in an empty field: back into the messages. */
  onUp: () => void;
  /** Escape in the field, with nothing open. */
  onEscape?: () => void;
  schedule?: (content: string) => void;
  field?: RefObject<HTMLTextAreaElement>;
  /** In front of the tools: what attaches files. */
  attach?: ComponentChildren;
  /** Files that wait for the message. */
  uploads?: Uploads | null;
  /** What stands under the field on the left. */
  children?: ComponentChildren;
}

/** Where one writes. Enter sends, Shift+Enter breaks the line; a draft a room survives leaving, on every device. */
export function Composer(props: ComposerProps) {
  const { channel, userId, parentId, place, quote, closed } = props;
  const { t } = useChatReader();
  const slow = slowLeft.value;
  const own = useRef<HTMLTextAreaElement>(null);
  const field = props.field ?? own;
  const [text, setText] = useState(props.text ?? "");
  // With the first sign that somebody is there: a file that is added without a connection has to be seen, too.
  const [there, setThere] = useState(false);
  useFirstSign(() => {
    setThere(true);
    loadEditBox().catch(() => {});
  });
  const tray = useLazy(
    props.uploads !== undefined &&
      (there || (props.uploads?.items.value.length ?? 0) > 0),
    () => import("./UploadTray.tsx"),
    () => {},
  );
  const left = LONGEST - text.trim().length;
  const files = props.uploads?.ready.value.length ?? 0;
  const busy = props.uploads?.busy.value ?? false;
  const ready = (text.trim() !== "" || Boolean(quote) || files > 0) &&
    left >= 0 && !busy;
  const slot = parentId === undefined ? channel : `${channel}.${parentId}`;
  const draft = useMemo(() =>
    new RoomDraft({
      channel,
      userId,
      parentId: parentId ?? null,
      local: draftsOf(localStore(), userId, slot),
      onNewer: setText,
    }), [slot, userId]);
  const suggestions = useSuggestions(field, channel, (value) => change(value));
  const note = `composer-note${parentId ? "-thread" : ""}`;

  useEffect(() => {
    // What was typed before the script came stays; else what was left here.
    setText(
      field.current?.value ||
        draftsOf(localStore(), userId, slot).read(),
    );
    return draft.start(getPage());
  }, [draft]);

  // What was scheduled is done with here: it must not be sent a second time.
  const laid = scheduled.value;
  useEffect(() => {
    if (laid === 0 || parentId !== undefined) return;
    setText("");
    draft.write("");
  }, [laid]);

  const change = (value: string) => {
    setText(value);
    draft.write(value);
    if (value.trim() !== "") props.typing();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    field.current?.focus();
    if (!ready) return;
    // Suggestions that are still on their way belong to the text that goes.
    suggestions.close();
    props.send(text.trim());
    setText("");
    draft.write("");
  };
  const key = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word.
    if (event.isComposing || suggestions.onKeyDown(event)) return;
    const box = event.currentTarget as HTMLTextAreaElement;
    if (event.ctrlKey || event.metaKey) {
      const { value, selectionStart, selectionEnd } = box;
      const selection = { text: value, from: selectionStart, to: selectionEnd };
      const replacement = event.altKey ? null : formatOn(event, selection);
      if (replacement) {
        event.preventDefault();
        replaceIn(box, replacement);
      } else if (event.key === "Enter") submit(event);
    } else if (event.key === "Enter" && !event.shiftKey) submit(event);
    else if (event.key === "ArrowUp" && text === "") {
      event.preventDefault();
      props.onUp();
    } else if (event.key === "Escape") props.onEscape?.();
  };
  if (closed) {
    return (
      <div class="chat-foot">
        <p class="composer closed" role="status">{closed}</p>
        <div class="composer-note">{props.children}</div>
      </div>
    );
  }
  return (
    <form
      class="chat-foot"
      method="post"
      action={props.action}
      onSubmit={submit}
    >
      {suggestions.list}
      <div class="composer">
        {quote && (
          <div class="composer-quote">
            <span>
              {t("chat.quoting", { name: quote.author.name })}
              <small>{quote.excerpt}</small>
            </span>
            <button
              type="button"
              class="icon-button small"
              aria-label={t("chat.dropQuote")}
              title={t("chat.dropQuote")}
              onClick={props.dropQuote}
            >
              <Glyph d={X} size={14} />
            </button>
          </div>
        )}
        {props.uploads && tray && <tray.UploadTray uploads={props.uploads} />}
        <textarea
          ref={field}
          name="content"
          rows={1}
          value={text}
          aria-label={t(parentId ? "chat.labelReply" : "chat.label")}
          aria-describedby={note}
          placeholder={parentId
            ? t("chat.writeReply")
            : t("chat.write", { place })}
          enterkeyhint="send"
          {...suggestions.aria}
          onInput={(event) => {
            change(event.currentTarget.value);
            suggestions.look();
          }}
          onClick={suggestions.look}
          onBlur={suggestions.close}
          onPaste={(event) => {
            const box = event.currentTarget;
            const { value, selectionStart: from, selectionEnd: to } = box;
            const link = linkOver(
              { text: value, from, to },
              event.clipboardData?.getData("text/plain") ?? "",
            );
            if (!link) return;
            event.preventDefault();
            replaceIn(box, link);
          }}
          onKeyDown={key}
        />
        <div class="composer-bar">
          {IS_BROWSER && (
            <ComposerTools
              field={field}
              text={text}
              attach={props.attach}
              schedule={props.schedule}
            />
          )}
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
      </div>
      <div class="composer-note">
        {props.children}
        <span
          id={note}
          class={left < 0
            ? "over"
            : left < WARN || slow > 0 || busy
            ? undefined
            : "hide-small"}
        >
          {left < 0
            ? t("chat.over", { count: -left })
            : left < WARN
            ? t("chat.left", { count: left })
            : slow > 0
            ? t("chat.slow", { count: slow })
            : busy
            ? t("chat.filesUploading")
            : t("chat.hint")}
        </span>
      </div>
    </form>
  );
}
