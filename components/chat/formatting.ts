/** A text field's content with its selection. */
export interface Selection {
  text: string;
  from: number;
  to: number;
}

/** What replaces the selection, and what is selected afterwards, counted from the start of the text. */
export interface Replacement {
  /** The part of the text that is replaced. */
  cut: [from: number, to: number];
  put: string;
  select: [from: number, to: number];
}

/** Puts `mark` around the selection, or takes it away where it is already. */
export function wrap({ text, from, to }: Selection, mark: string): Replacement {
  const n = mark.length;
  const chosen = text.slice(from, to);
  if (
    from >= n && text.slice(from - n, from) === mark &&
    text.slice(to, to + n) === mark
  ) {
    return {
      cut: [from - n, to + n],
      put: chosen,
      select: [from - n, to - n],
    };
  }
  return {
    cut: [from, to],
    put: mark + chosen + mark,
    select: [from + n, to + n],
  };
}

/** Puts `[words](address)` around the selection, with the address selected to be typed over. */
export function wrapLink({ text, from, to }: Selection): Replacement {
  const words = text.slice(from, to);
  const start = from + words.length + 3;
  return {
    cut: [from, to],
    put: `[${words}](https://)`,
    select: words === "" ? [from + 1, from + 1] : [start, start + 8],
  };
}

/**
 * An address that is pasted over words becomes their link. `null` for anything else, which is pasted as it is: other
 * text, words that are an address themselves, and what would not be read as a link's words.
 */
export function linkOver(
  { text, from, to }: Selection,
  pasted: string,
): Replacement | null {
  const words = text.slice(from, to);
  const address = pasted.trim();
  if (!/^https?:\/\/[^\s()<>]+$/i.test(address)) return null;
  if (!/\S/.test(words) || /[\[\]\n`]|:\/\//.test(words)) return null;
  const put = `[${words}](${address})`;
  const end = from + put.length;
  return { cut: [from, to], put, select: [end, end] };
}

/** Puts `prefix` before every selected line, or takes it away where all have it. */
export function prefixLines(
  { text, from, to }: Selection,
  prefix: string,
): Replacement {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const lines = text.slice(start, to).split("\n");
  const off = lines.every((line) => line.startsWith(prefix));
  const put = lines.map((line) =>
    off ? line.slice(prefix.length) : prefix + line
  )
    .join("\n");
  return {
    cut: [start, to],
    put,
    select: [start + put.length, start + put.length],
  };
}

/** Formatting keys, held with Ctrl or Cmd. */
export function formatOn(
  event: Pick<KeyboardEvent, "key" | "shiftKey">,
  selection: Selection,
): Replacement | null {
  const key = event.key.toLowerCase();
  if (event.shiftKey) {
    switch (key) {
      case "x":
        return wrap(selection, "~~");
      case "8":
      case "*":
        return prefixLines(selection, "- ");
      case "9":
      case "(":
        return prefixLines(selection, "> ");
      default:
        return null;
    }
  }
  switch (key) {
    case "b":
      return wrap(selection, "**");
    case "i":
      return wrap(selection, "*");
    case "e":
      return wrap(selection, "`");
    default:
      return null;
  }
}

/** Does it in the field, so that the browser's own undo takes it back. */
export function replaceIn(
  field: HTMLTextAreaElement,
  { cut, put, select }: Replacement,
): void {
  field.focus();
  field.setSelectionRange(...cut);
  // The one way to change a field that its undo knows; where it is gone, the text is changed all the same.
  if (!document.execCommand?.("insertText", false, put)) {
    field.setRangeText(put, ...cut, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(...select);
}
