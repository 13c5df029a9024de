/** What is being typed that could be completed: somebody after `@`, an emoji after `:`. */
export interface Wish {
  kind: "person" | "emoji";
  /** Without the sign. */
  words: string;
  /** Where the sign stands, and where the words end. */
  from: number;
  to: number;
}

const WISH = /(^|[\s(*_~>"'])([@:])([\p{L}\p{N}_+-]*)$/u;

/** What stands right before the caret. An emoji needs two letters: `:)` and `10:3` are none. */
export function wishAt(text: string, caret: number): Wish | null {
  const found = WISH.exec(text.slice(Math.max(0, caret - 60), caret));
  if (!found) return null;
  const words = found[3]!;
  const kind = found[2] === "@" ? "person" : "emoji";
  if (kind === "emoji" && words.length < 2) return null;
  return { kind, words, from: caret - words.length - 1, to: caret };
}
