/** The markdown of messages: taken apart into tokens, and what it says in plain words. */
export { parseMarkdown } from "./parse.ts";
export { plainText } from "./plain.ts";
export type { Block, Inline } from "./types.ts";
