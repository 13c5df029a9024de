import "../core.ts";
import { useRef, useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { EMOJI, type Emoji, searchEmoji } from "../../../lib/markdown/emoji.ts";
import { frequentEmoji, noteEmoji } from "./frequent_emoji.ts";
import { Popup } from "./Popup.tsx";
import { inTone, keepTone, keptTone, TONES } from "./skin_tone.ts";

export interface EmojiPickerProps {
  at: HTMLElement;
  pick: (emoji: string) => void;
  close: () => void;
}

/** Chooses an emoji: by name, from those used often, or by looking. Arrow keys roam the grid. */
export function EmojiPicker({ at, pick, close }: EmojiPickerProps) {
  const { t } = useRoomReader();
  const [words, setWords] = useState("");
  const [tone, setTone] = useState(keptTone);
  const field = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const often = frequentEmoji();
  const found = words.trim() === "" ? null : searchEmoji(words);

  const choose = (char: string) => {
    noteEmoji(char);
    close();
    pick(inTone(char, tone));
  };
  const roam = (event: KeyboardEvent) => {
    const cells = [...grid.current!.querySelectorAll("button")];
    const now = cells.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === "Enter" && now < 0 && found?.[0]) {
      event.preventDefault();
      return choose(found[0].char);
    }
    const row = Math.max(
      1,
      cells.findIndex((cell) => cell.offsetTop > cells[0]!.offsetTop),
    );
    const next = {
      ArrowRight: now + 1,
      ArrowLeft: now - 1,
      ArrowDown: now < 0 ? 0 : now + row,
      ArrowUp: now - row,
    }[event.key];
    if (next === undefined || now < 0 && event.key !== "ArrowDown") return;
    event.preventDefault();
    if (next < 0) field.current?.focus();
    else cells[Math.min(next, cells.length - 1)]?.focus();
  };
  const cells = (list: readonly Emoji[]) => (
    <div class="emoji-cells">
      {list.map(({ char, names }) => (
        <button
          key={char}
          type="button"
          aria-label={names[0]!.replaceAll("_", " ")}
          title={`:${names[0]}:`}
          tabIndex={-1}
          onClick={() => choose(char)}
        >
          {inTone(char, tone)}
        </button>
      ))}
    </div>
  );
  return (
    <Popup
      at={at}
      label={t("room.emoji")}
      role="dialog"
      class="emoji-picker"
      close={close}
    >
      <div onKeyDown={roam}>
        <input
          ref={field}
          class="input"
          type="search"
          autofocus
          value={words}
          placeholder={t("room.emojiSearch")}
          aria-label={t("room.emojiSearch")}
          autocomplete="off"
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <fieldset class="emoji-tones">
          <legend class="unseen">{t("room.skinTone")}</legend>
          {TONES.map(({ name, tone: one }) => (
            <label key={name} title={t(`room.tone.${name}`)}>
              <input
                type="radio"
                name="skin-tone"
                class="unseen"
                aria-label={t(`room.tone.${name}`)}
                checked={one === tone}
                onChange={() => {
                  setTone(one);
                  keepTone(one);
                }}
              />
              <span aria-hidden="true">{inTone("✋", one)}</span>
            </label>
          ))}
        </fieldset>
        <div class="emoji-scroll" ref={grid} tabIndex={-1}>
          {found !== null
            ? found.length === 0
              ? <p class="quiet" role="status">{t("room.emojiNone")}</p>
              : cells(found)
            : (
              <>
                {often.length > 0 && (
                  <section>
                    <h3>{t("room.emojiOften")}</h3>
                    {cells(often)}
                  </section>
                )}
                {EMOJI.map(({ group, emoji }) => (
                  <section key={group}>
                    <h3>{t(`room.emoji.${group}`)}</h3>
                    {cells(emoji)}
                  </section>
                ))}
              </>
            )}
        </div>
      </div>
    </Popup>
  );
}
