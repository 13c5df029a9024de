import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { useChatReader } from "../../../lib/i18n/live_chat.ts";
import { Glyph } from "../../Glyph.tsx";
import { CHECK, COPY } from "../glyphs.ts";
import type { Coloured } from "./highlight.ts";

/** Milliseconds for which the button says that it has copied. */
const SAID = 2_000;

/** Code on lines of its own. Plain at once; coloured when the highlighter has been loaded for its language. */
export function CodeBlock(
  { language, text }: { language: string; text: string },
) {
  const { t } = useChatReader();
  const [colours, setColours] = useState<Coloured[] | null>(null);
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  useEffect(() => {
    setColours(null);
    if (language === "") return;
    let current = true;
    import("./highlight.ts").then(({ highlight }) => highlight(language, text))
      // What cannot be loaded stays plain: it is read as well.
      .catch(() => null)
      .then((nodes) => {
        if (current && nodes) setColours(nodes);
      });
    return () => current = false;
  }, [language, text]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return;
    }
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), SAID);
  };
  const label = t(copied ? "chat.copied" : "chat.copyCode");
  return (
    <figure class="code-block">
      <figcaption>
        <span>{language}</span>
        <button
          type="button"
          class="icon-button small"
          aria-label={label}
          title={label}
          onClick={copy}
        >
          <Glyph d={copied ? CHECK : COPY} size={14} />
        </button>
      </figcaption>
      <pre tabIndex={0}><code>{colours?.map(draw) ?? text}</code></pre>
    </figure>
  );
}

function draw(piece: Coloured, key: number): VNode | string {
  return typeof piece === "string"
    ? piece
    : <span key={key} class={piece.class}>{piece.children.map(draw)}</span>;
}
