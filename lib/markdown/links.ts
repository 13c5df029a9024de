/** Longest words of a link that are looked for: beyond, an opening bracket is just a bracket. */
const LONGEST_LABEL = 1_000;

/** Index of the bracket that closes the one at `open`; -1 when none does. */
export function label(text: string, open: number): number {
  let depth = 0;
  const limit = Math.min(text.length, open + LONGEST_LABEL);
  for (let at = open; at < limit; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "[") depth++;
    else if (text[at] === "]" && --depth === 0) return at;
  }
  return -1;
}

const TITLE = /\s+(?:"[^"\n]*"|'[^'\n]*')\s*\)/y;

/** Reads `(address)` or `(address "title")` at `at`. A title is not shown. */
export function destination(
  text: string,
  at: number,
): { address: string; end: number } | null {
  if (text[at] !== "(") return null;
  const from = at + 1;
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    const here = text[i]!;
    if (here === "(") depth++;
    else if (here === ")" && --depth === 0) {
      return { address: text.slice(from, i), end: i + 1 };
    } else if (/\s/.test(here)) {
      TITLE.lastIndex = i;
      const title = depth === 1 ? TITLE.exec(text) : null;
      return title &&
        { address: text.slice(from, i), end: i + title[0].length };
    }
  }
  return null;
}
