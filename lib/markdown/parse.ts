import { parseInline } from "./inline.ts";
import { listAt, readList } from "./lists.ts";
import { type Block, DEEPEST } from "./types.ts";

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[ \t]*$/;
const QUOTE = /^ {0,3}> ?/;

/**
 * Takes a message apart: the markdown that people use in chat (emphasis, code, links, quotes, lists, mentions, emoji).
 * Tokens become nodes; nothing is ever turned into an HTML string. Headings and rules are left as typed: a message is
 * not a document.
 */
export function parseMarkdown(content: string): Block[] {
  return readBlocks(content.split("\n"), 0);
}

/** Blocks of these lines, which stand `depth` quotes and lists deep. */
export function readBlocks(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let words: string[] = [];
  const paragraph = () => {
    const text = words.join("\n").trim();
    if (text !== "") {
      blocks.push({ kind: "paragraph", children: parseInline(text) });
    }
    words = [];
  };
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    const fence = FENCE.exec(line);
    const nests = depth < DEEPEST;
    if (fence) {
      paragraph();
      const end = endOfFence(lines, at + 1, fence[1]!);
      blocks.push({
        kind: "code",
        language: fence[2]!.toLowerCase(),
        text: lines.slice(at + 1, end).join("\n"),
      });
      at = end + 1;
    } else if (nests && QUOTE.test(line)) {
      paragraph();
      let end = at;
      while (end < lines.length && QUOTE.test(lines[end]!)) end++;
      const inner = lines.slice(at, end).map((one) => one.replace(QUOTE, ""));
      const children = readBlocks(inner, depth + 1);
      if (children.length > 0) blocks.push({ kind: "quote", children });
      at = end;
    } else if (nests && listAt(line)) {
      paragraph();
      const { list, end } = readList(lines, at, depth);
      blocks.push(list);
      at = end;
    } else {
      if (line.trim() === "") paragraph();
      else words.push(line);
      at++;
    }
  }
  paragraph();
  return blocks;
}

/** Index of the line that closes the fence, or after the last line: what is not closed is code to its end. */
function endOfFence(
  lines: readonly string[],
  from: number,
  opening: string,
): number {
  const close = lines.findIndex((line, at) => {
    const text = line.trim();
    return at >= from && text.length >= opening.length &&
      text === opening[0]!.repeat(text.length);
  });
  return close < 0 ? lines.length : close;
}
