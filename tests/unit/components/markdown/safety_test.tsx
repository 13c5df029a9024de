/** Whatever somebody writes: only known elements come out, no address that runs anything, no word is lost. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Fragment, type VNode } from "preact";
import { CodeBlock } from "../../../../components/chat/markdown/CodeBlock.tsx";
import { Blocks } from "../../../../components/chat/markdown/Markdown.tsx";
import { Mention } from "../../../../components/chat/markdown/Mention.tsx";
import { Shortcode } from "../../../../components/chat/markdown/Shortcode.tsx";
import { parseMarkdown } from "../../../../lib/markdown/mod.ts";

/** Elements and attributes that a message may consist of, before its own components draw themselves. */
const ALLOWED: Record<string, string[]> = {
  p: [],
  blockquote: [],
  ul: [],
  ol: ["start"],
  li: [],
  br: [],
  code: [],
  strong: [],
  em: [],
  s: [],
  a: ["href", "target", "rel"],
  span: ["title"],
};
const COMPONENTS: unknown[] = [Blocks, CodeBlock, Mention, Shortcode, Fragment];

interface Seen {
  words: string;
  addresses: string[];
}

/** Walks what is drawn, as far as it is the parser's. */
function walk(node: unknown, seen: Seen): void {
  if (node === null || node === undefined || typeof node === "boolean") return;
  if (typeof node === "string" || typeof node === "number") {
    seen.words += node;
    return;
  }
  if (Array.isArray(node)) return node.forEach((one) => walk(one, seen));
  const { type, props } = node as VNode<Record<string, unknown>>;
  assert(!("dangerouslySetInnerHTML" in props), "an HTML string");
  if (typeof type === "function") {
    assert(COMPONENTS.includes(type), `<${type.name}>`);
    if (type === Blocks) {
      return walk((type as (p: unknown) => unknown)(props), seen);
    }
    if ((type as unknown) === CodeBlock) seen.words += ` ${props.text} `;
    if ((type as unknown) === Mention) {
      assert(/^[a-z0-9-]+$/.test(String(props.handle)));
      seen.words += `@${props.handle}`;
    }
    return walk(props.children, seen);
  }
  const allowed = ALLOWED[type];
  assert(allowed, `<${type}>`);
  for (const name of Object.keys(props)) {
    if (name === "children") continue;
    assert(allowed.includes(name), `${type}[${name}]`);
    const value = props[name];
    assert(typeof value === "string" || typeof value === "number");
    if (name === "href") seen.addresses.push(String(value));
  }
  if (type === "a") assert(String(props.rel).includes("noopener"));
  walk(props.children, seen);
}

function draw(content: string): Seen {
  const seen: Seen = { words: "", addresses: [] };
  walk(<Blocks blocks={parseMarkdown(content)} />, seen);
  return seen;
}

const PIECES = [
  "*",
  "**",
  "_",
  "__",
  "~~",
  "`",
  "``",
  "```",
  "\n",
  "\n\n",
  "> ",
  "- ",
  "1. ",
  "  ",
  "[",
  "](",
  ")",
  "![",
  "<",
  ">",
  "\\",
  "@",
  ":",
  "https://a.example/",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '" onclick="x',
  "mailto:",
  "\u202e",
  "\u0000",
  "&#106;avascript:",
  "//evil.example",
  "word",
  "demo-owner",
  "tada:",
];
const content = fc.array(
  fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "grapheme" })),
  { maxLength: 40 },
).map((pieces) => pieces.join(""));

Deno.test("nothing but known elements, and addresses that only lead somewhere", () => {
  fc.assert(
    fc.property(content, (text) => {
      for (const address of draw(text).addresses) {
        const { protocol } = new URL(address);
        assert(["http:", "https:", "mailto:"].includes(protocol), address);
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("no letter that was written is lost", () => {
  const letters = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...PIECES.filter((piece) => !/[a-z](?!\.)|\[|\]|:/i.test(piece)),
      ),
      fc.constantFrom("alpha", "beta", "gamma", " "),
    ),
    { maxLength: 40 },
  ).map((pieces) => pieces.join(""));
  const only = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  fc.assert(
    fc.property(letters, (text) => {
      // The language after a fence is shown beside the code, which draws itself.
      fc.pre(!/(`{3,}|~{3,})/.test(text));
      assertEquals(only(draw(text).words), only(text));
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("the longest message of the worst pieces is taken apart in a moment", () => {
  for (
    const piece of [
      "*a ",
      "**a*",
      "[",
      "[a](",
      "`a``",
      "> ",
      "- ",
      "_a_*",
      "\\",
      "![",
      "~~a",
      "@a:",
      "<https://",
      "  - a\n",
      "> - ",
      "*`a",
    ]
  ) {
    const text = piece.repeat(Math.ceil(4_000 / piece.length)).slice(0, 4_000);
    const before = performance.now();
    draw(text);
    // Generous: quadratic is some milliseconds, exponential would be for ever.
    assert(performance.now() - before < 5_000, piece);
  }
});
