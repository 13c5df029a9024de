import { placedWords } from "./words.ts";

/** A piece of text; `hit` pieces are what was searched for. Shown as nodes, never as HTML. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** Takes a text apart at the words that were asked for. The pieces make up the text again. */
export function highlight(text: string, asked: string[]): Piece[] {
  const pieces: Piece[] = [];
  let last = 0;
  for (const { word, start, end } of placedWords(text)) {
    if (!asked.some((one) => word.startsWith(one))) continue;
    // Pairs of unspaced scripts overlap.
    const from = Math.max(start, last);
    if (from >= end) continue;
    if (from > last) pieces.push({ text: text.slice(last, from), hit: false });
    const before = pieces.at(-1);
    if (before?.hit && from === last) before.text += text.slice(from, end);
    else pieces.push({ text: text.slice(from, end), hit: true });
    last = end;
  }
  if (last < text.length) pieces.push({ text: text.slice(last), hit: false });
  return pieces;
}

/** Characters of an excerpt, and how many of them stand before the first hit. */
const EXCERPT = 180;
const LEAD = 40;

/** The part of a text around the first word that was asked for, on one line; its beginning when there is none. */
export function excerptOf(text: string, asked: string[]): string {
  const line = text.replace(/\s+/g, " ").trim();
  let start = 0;
  for (const found of placedWords(line)) {
    if (!asked.some((one) => found.word.startsWith(one))) continue;
    start = found.start <= LEAD * 2
      ? 0
      : line.lastIndexOf(" ", found.start - LEAD) + 1;
    break;
  }
  if (line.length - start <= EXCERPT) {
    start = Math.max(0, Math.min(start, line.length - EXCERPT));
  }
  const cut = line.slice(start, start + EXCERPT).toWellFormed();
  return (start > 0 ? "… " : "") + cut +
    (start + EXCERPT < line.length ? " …" : "");
}
