/** Message text taken apart for display. Nothing is ever turned into an HTML string: tokens become nodes. */
export type Token =
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "link"; text: string; href: string }
  | { kind: "code"; text: string }
  | { kind: "block"; text: string };

const FENCE = /```(?:[\w+-]*\n)?([\s\S]+?)```/g;
const INLINE = /`([^`\n]+)`|\bhttps?:\/\/[^\s<>"'`]+/g;

/** Splits `content` into fenced blocks, inline code, links, line breaks and plain text, losing no visible character. */
export function tokenize(content: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const match of content.matchAll(FENCE)) {
    inline(content.slice(from, match.index).replace(/\n$/, ""), tokens);
    tokens.push({ kind: "block", text: match[1]!.replace(/\n$/, "") });
    from = match.index + match[0].length;
    // The line break after a block is part of the block.
    if (content[from] === "\n") from++;
  }
  inline(content.slice(from), tokens);
  return tokens;
}

function inline(text: string, tokens: Token[]): void {
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    lines(text.slice(from, match.index), tokens);
    from = match.index + match[0].length;
    if (match[1] !== undefined) {
      tokens.push({ kind: "code", text: match[1] });
      continue;
    }
    const address = withoutTail(match[0]);
    const href = webAddress(address);
    if (href) tokens.push({ kind: "link", text: address, href });
    else lines(address, tokens);
    // What ends the sentence, not the address, goes back to the text.
    lines(match[0].slice(address.length), tokens);
  }
  lines(text.slice(from), tokens);
}

function lines(text: string, tokens: Token[]): void {
  text.split("\n").forEach((line, i) => {
    if (i > 0) tokens.push({ kind: "break" });
    if (line !== "") tokens.push({ kind: "text", text: line });
  });
}

/** Takes off punctuation that ends a sentence, and a closing bracket that was opened before the address. */
function withoutTail(address: string): string {
  for (;;) {
    const last = address.at(-1)!;
    const stray = /[.,;:!?*_~]/.test(last) ||
      (last === ")" && count(address, ")") > count(address, "(")) ||
      (last === "]" && count(address, "]") > count(address, "["));
    if (!stray) return address;
    address = address.slice(0, -1);
  }
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

function webAddress(text: string): string | null {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:"
      ? url.href
      : null;
  } catch {
    return null;
  }
}
