import { safeAddress, withoutTail } from "./address.ts";
import { closingDelimiter, closingTicks } from "./delimiters.ts";
import { destination, label } from "./links.ts";
import { DEEPEST, type Inline } from "./types.ts";

/** What was recognised at a place of the text: the nodes, and where the text goes on. */
interface Found {
  nodes: Inline[];
  end: number;
}

interface Place {
  depth: number;
  /** Within a link's words: links do not nest. */
  linked: boolean;
}

const ADDRESS = /https?:\/\/[^\s<>"'`]+/iy;
const BRACKETED = /<((?:https?:\/\/|mailto:)[^\s<>]+)>/iy;
const MENTION = /@([a-z0-9]+(?:-[a-z0-9]+)*)(?!\w)/iy;
const SHORTCODE = /:([a-z+-][a-z0-9_+-]{1,31}|100):(?!\w)/y;
const EMPHASIS = { "**": "strong", "__": "strong", "~~": "strike" } as const;

/** Takes a paragraph apart. Whatever is not markup stays text. */
export function parseInline(
  text: string,
  place: Place = { depth: 0, linked: false },
): Inline[] {
  const out: Inline[] = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") out.push({ kind: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const found = take(text, at, place);
    if (!found) {
      plain += text[at++];
      continue;
    }
    at = found.end;
    for (const node of found.nodes) {
      if (node.kind === "text") plain += node.text;
      else {
        flush();
        out.push(node);
      }
    }
  }
  flush();
  return out;
}

function take(text: string, at: number, place: Place): Found | null {
  switch (text[at]) {
    case "\n":
      return { nodes: [{ kind: "break" }], end: at + 1 };
    case "\\":
      return escaped(text, at);
    case "`":
      return code(text, at);
    case "*":
    case "_":
    case "~":
      return emphasis(text, at, place);
    case "[":
      return place.linked ? null : link(text, at, at, place);
    case "!":
      return place.linked || text[at + 1] !== "["
        ? null
        : link(text, at, at + 1, place);
    case "<":
      return place.linked ? null : bracketed(text, at);
    case "h":
    case "H":
      return place.linked ? null : address(text, at);
    case "@":
      return place.linked ? null : mention(text, at);
    case ":":
      return emoji(text, at);
    default:
      return null;
  }
}

const asText = (text: string, end: number): Found => ({
  nodes: [{ kind: "text", text }],
  end,
});

function match(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Whether a word ends right before `at`. */
const afterWord = (text: string, at: number) =>
  at > 0 && /[\p{L}\p{N}_]/u.test(text[at - 1]!);

function escaped(text: string, at: number): Found | null {
  const next = text[at + 1] ?? "";
  return /[!-/:-@[-`{-~]/.test(next) ? asText(next, at + 2) : null;
}

function code(text: string, at: number): Found {
  const ticks = /`+/y;
  const run = match(ticks, text, at)![0].length;
  const from = at + run;
  const to = closingTicks(text, from, run);
  if (to < 0) return asText("`".repeat(run), from);
  let inner = text.slice(from, to).replaceAll("\n", " ");
  // One space inside lets code begin or end with a tick.
  if (/^ .*[^ ].* $/s.test(inner)) inner = inner.slice(1, -1);
  return { nodes: [{ kind: "code", text: inner }], end: to + run };
}

function emphasis(text: string, at: number, place: Place): Found | null {
  if (place.depth >= DEEPEST) return null;
  const letter = text[at]!;
  const double = text[at + 1] === letter;
  if (letter === "~" && !double) return null;
  const mark = double ? letter + letter : letter;
  const from = at + mark.length;
  // `snake_case_name` is a name; `2 * 3 * 4` is arithmetic.
  if (letter === "_" && afterWord(text, at)) return null;
  if (!text[from] || /\s/.test(text[from]!)) return asText(mark, from);
  const to = closingDelimiter(text, from, mark);
  if (to < 0) return asText(mark, from);
  const kind = EMPHASIS[mark as keyof typeof EMPHASIS] ?? "em";
  const children = parseInline(text.slice(from, to), {
    ...place,
    depth: place.depth + 1,
  });
  return { nodes: [{ kind, children }], end: to + mark.length };
}

/** `[words](address)`, and `![words](address)`, which is a link too: nothing is fetched that nobody asked for. */
function link(
  text: string,
  start: number,
  bracket: number,
  place: Place,
): Found | null {
  if (place.depth >= DEEPEST) return null;
  const close = label(text, bracket);
  const target = close < 0 ? null : destination(text, close + 1);
  const href = target && safeAddress(target.address);
  if (!href) return null;
  const words = text.slice(bracket + 1, close);
  const children = words.trim() === "" || start < bracket && words === ""
    ? [{ kind: "text" as const, text: target.address }]
    : parseInline(words, { depth: place.depth + 1, linked: true });
  return { nodes: [{ kind: "link", href, children }], end: target.end };
}

function bracketed(text: string, at: number): Found | null {
  const found = match(BRACKETED, text, at);
  const href = found && safeAddress(found[1]!);
  if (!href) return null;
  const words = found[1]!.replace(/^mailto:/i, "");
  return {
    nodes: [{ kind: "link", href, children: [{ kind: "text", text: words }] }],
    end: at + found[0].length,
  };
}

function address(text: string, at: number): Found | null {
  const found = afterWord(text, at) ? null : match(ADDRESS, text, at);
  if (!found) return null;
  const words = withoutTail(found[0]);
  const href = safeAddress(words);
  const end = at + words.length;
  if (!href) return asText(words, end);
  return {
    nodes: [{ kind: "link", href, children: [{ kind: "text", text: words }] }],
    end,
  };
}

function mention(text: string, at: number): Found | null {
  // Not within an e-mail address or a path.
  if (at > 0 && /[\p{L}\p{N}_.\-/@]/u.test(text[at - 1]!)) return null;
  const found = match(MENTION, text, at);
  return found && {
    nodes: [{ kind: "mention", handle: found[1]!.toLowerCase() }],
    end: at + found[0].length,
  };
}

function emoji(text: string, at: number): Found | null {
  const found = afterWord(text, at) ? null : match(SHORTCODE, text, at);
  return found && {
    nodes: [{ kind: "emoji", name: found[1]! }],
    end: at + found[0].length,
  };
}
