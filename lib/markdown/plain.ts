import { emojiOf } from "./emoji.ts";
import { parseMarkdown } from "./parse.ts";
import type { Block, Inline } from "./types.ts";

/** What a text says, in one line and without its marks: for previews, where nothing is emphasised or led to. */
export function plainText(content: string): string {
  return ofBlocks(parseMarkdown(content)).replace(/\s+/g, " ").trim();
}

const ofBlocks = (blocks: readonly Block[]): string =>
  blocks.map(ofBlock).join(" ");

function ofBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return ofInline(block.children);
    case "code":
      return block.text;
    case "quote":
      return ofBlocks(block.children);
    case "list":
      return block.items.map(ofBlocks).join(", ");
  }
}

const ofInline = (pieces: readonly Inline[]): string =>
  pieces.map(ofPiece).join("");

function ofPiece(piece: Inline): string {
  switch (piece.kind) {
    case "text":
    case "code":
      return piece.text;
    case "break":
      return " ";
    case "mention":
      return `@${piece.handle}`;
    case "emoji":
      return emojiOf(piece.name) ?? `:${piece.name}:`;
    default:
      return ofInline(piece.children);
  }
}
