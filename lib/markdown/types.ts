/** A piece of a line. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "code"; text: string }
  | { kind: "strong" | "em" | "strike"; children: Inline[] }
  /** `href` is of `safeAddress`: http, https or mailto. */
  | { kind: "link"; href: string; children: Inline[] }
  /** `@handle` as written, without the sign and in lower case. */
  | { kind: "mention"; handle: string }
  /** `:name:`, which may be an emoji's or not. */
  | { kind: "emoji"; name: string };

/** A piece of a message that stands on lines of its own. */
export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "code"; language: string; text: string }
  | { kind: "quote"; children: Block[] }
  | { kind: "list"; start: number | null; items: Block[][] };

/** Deeper quotes, lists and emphasis stay as they were typed: nobody reads them, and a parser must not overflow. */
export const DEEPEST = 6;
