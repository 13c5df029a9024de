import { readBlocks } from "./parse.ts";
import type { Block } from "./types.ts";

const ITEM = /^( {0,8})([-*]|\d{1,9}[.)]) +(?=\S)/;

/** The marker of a list item that this line begins with. */
export function listAt(line: string): { marker: string; width: number } | null {
  const found = ITEM.exec(line);
  return found && { marker: found[2]!, width: found[0].length };
}

const indentOf = (line: string) => line.length - line.trimStart().length;

/** Reads the list that begins at line `at`: its items, with what is indented below them, until something else comes. */
export function readList(
  lines: readonly string[],
  at: number,
  depth: number,
): { list: Block; end: number } {
  const first = listAt(lines[at]!)!;
  const indent = indentOf(lines[at]!);
  const ordered = /\d/.test(first.marker);
  const items: Block[][] = [];
  let item: string[] = [];
  const close = () => items.push(readBlocks(item, depth + 1));
  let end = at;
  for (; end < lines.length; end++) {
    const line = lines[end]!;
    const marker = listAt(line);
    const deeper = indentOf(line) > indent + 1;
    if (marker && !deeper) {
      if (/\d/.test(marker.marker) !== ordered) break;
      if (end > at) close();
      item = [line.slice(marker.width)];
    } else if (line.trim() !== "" && deeper) {
      item.push(line.slice(Math.min(indentOf(line), first.width)));
    } else if (line.trim() === "" && continues(lines[end + 1], indent)) {
      item.push("");
    } else break;
  }
  close();
  const start = ordered ? parseInt(first.marker, 10) : null;
  return { list: { kind: "list", start, items }, end };
}

/** Whether the list goes on after an empty line. */
function continues(next: string | undefined, indent: number): boolean {
  return next !== undefined && next.trim() !== "" &&
    (indentOf(next) > indent + 1 || listAt(next) !== null);
}
