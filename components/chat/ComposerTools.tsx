import type { ComponentChildren, RefObject } from "preact";
import { useState } from "preact/hooks";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { Glyph } from "../Glyph.tsx";
import {
  prefixLines,
  replaceIn,
  type Replacement,
  type Selection,
  wrap,
  wrapLink,
} from "./formatting.ts";
import * as glyphs from "./glyphs.ts";
import { useLazy } from "./use_lazy.ts";

export interface ComposerToolsProps {
  field: RefObject<HTMLTextAreaElement>;
  text: string;
  attach?: ComponentChildren;
  schedule?: (content: string) => void;
}

/** The buttons of the composer: attach, emoji, formatting, send later. */
export function ComposerTools(
  { field, text, attach, schedule }: ComposerToolsProps,
) {
  const { t } = useChatReader();
  const [picking, setPicking] = useState<HTMLElement | null>(null);
  const picker = useLazy(
    picking !== null,
    () => import("./popups/EmojiPicker.tsx"),
    () => setPicking(null),
  );
  const format = (make: (selection: Selection) => Replacement) => {
    const box = field.current!;
    const { value, selectionStart: from, selectionEnd: to } = box;
    replaceIn(box, make({ text: value, from, to }));
  };
  const button = (
    label: string,
    glyph: string,
    make: (selection: Selection) => Replacement,
  ) => (
    <button
      type="button"
      class="icon-button small format"
      aria-label={label}
      title={label}
      onClick={() => format(make)}
    >
      <Glyph d={glyph} size={15} />
    </button>
  );
  return (
    <div class="composer-tools">
      {attach}
      <button
        type="button"
        class="icon-button small"
        aria-label={t("chat.emoji")}
        title={t("chat.emoji")}
        aria-haspopup="dialog"
        onClick={(event) => setPicking(event.currentTarget)}
      >
        <Glyph d={glyphs.SMILE} size={17} />
      </button>
      <span class="composer-line" aria-hidden="true" />
      {button(t("chat.bold"), glyphs.BOLD, (one) => wrap(one, "**"))}
      {button(t("chat.italic"), glyphs.ITALIC, (one) => wrap(one, "*"))}
      {button(t("chat.strike"), glyphs.STRIKE, (one) => wrap(one, "~~"))}
      {button(t("chat.code"), glyphs.CODE, (one) =>
        one.text.slice(one.from, one.to).includes("\n")
          ? wrap(one, "\n```\n")
          : wrap(one, "`"))}
      {button(t("chat.link"), glyphs.LINK, wrapLink)}
      {button(t("chat.list"), glyphs.LIST, (one) =>
        prefixLines(one, "- "))}
      {schedule && (
        <button
          type="button"
          class="icon-button small later"
          aria-label={t("chat.later")}
          title={t("chat.later")}
          aria-disabled={text.trim() === ""}
          onClick={() => text.trim() !== "" && schedule(text.trim())}
        >
          <Glyph d={glyphs.CLOCK} size={16} />
        </button>
      )}
      {picking && picker && (
        <picker.EmojiPicker
          at={picking}
          close={() => setPicking(null)}
          pick={(emoji) =>
            format(({ from, to }) => ({
              cut: [from, to],
              put: emoji,
              select: [from + emoji.length, from + emoji.length],
            }))}
        />
      )}
    </div>
  );
}
