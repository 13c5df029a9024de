import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Block,
  type Inline,
  parseMarkdown,
  plainText,
} from "../../../lib/markdown/mod.ts";

const text = (text: string): Inline => ({ kind: "text", text });
const line = (content: string): Inline[] => {
  const [block, ...rest] = parseMarkdown(content);
  assertEquals([block?.kind, rest.length], ["paragraph", 0]);
  return (block as Block & { kind: "paragraph" }).children;
};

Deno.test("lines of a paragraph break, an empty line begins another", () => {
  assertEquals(parseMarkdown("one\ntwo\n\n\nthree"), [
    {
      kind: "paragraph",
      children: [text("one"), { kind: "break" }, text("two")],
    },
    { kind: "paragraph", children: [text("three")] },
  ]);
});

Deno.test("emphasis of every kind, nested", () => {
  assertEquals(line("**a *b* c** _d_ ~~e~~ ***f***"), [
    {
      kind: "strong",
      children: [
        text("a "),
        { kind: "em", children: [text("b")] },
        text(" c"),
      ],
    },
    text(" "),
    { kind: "em", children: [text("d")] },
    text(" "),
    { kind: "strike", children: [text("e")] },
    text(" "),
    { kind: "strong", children: [{ kind: "em", children: [text("f")] }] },
  ]);
});

Deno.test("what only looks like emphasis stays text", () => {
  for (
    const plain of [
      "2 * 3 * 4",
      "snake_case_name and __init",
      "** open",
      "a ~ b ~ c",
      "*",
      "5*",
      "a_b_",
    ]
  ) assertEquals(line(plain), [text(plain)], plain);
});

Deno.test("a backslash takes the meaning away", () => {
  assertEquals(line("\\*not\\* \\`x\\` C:\\dir"), [text("*not* `x` C:\\dir")]);
});

Deno.test("a link ends before the punctuation of its sentence", () => {
  assertEquals(
    line("See https://example.com/a?b=1. (or https://x.org/w_(y))"),
    [
      text("See "),
      {
        kind: "link",
        href: "https://example.com/a?b=1",
        children: [text("https://example.com/a?b=1")],
      },
      text(". (or "),
      {
        kind: "link",
        href: "https://x.org/w_(y)",
        children: [text("https://x.org/w_(y)")],
      },
      text(")"),
    ],
  );
});

Deno.test("links with words, images as links, addresses in brackets", () => {
  assertEquals(
    line(
      '[the **plan**](https://a.example/p "Plan") ![map](https://b.example/m.png) <mailto:x@y.example>',
    ),
    [
      {
        kind: "link",
        href: "https://a.example/p",
        children: [
          text("the "),
          { kind: "strong", children: [text("plan")] },
        ],
      },
      text(" "),
      {
        kind: "link",
        href: "https://b.example/m.png",
        children: [text("map")],
      },
      text(" "),
      {
        kind: "link",
        href: "mailto:x@y.example",
        children: [text("x@y.example")],
      },
    ],
  );
});

Deno.test("addresses that a message must not lead to stay text", () => {
  for (
    const plain of [
      "javascript:alert(1)",
      "[x](javascript:alert(1))",
      "[x](data:text/html,x)",
      "[x](file:///etc/passwd)",
      "[x](vbscript:x)",
      "[x](//evil.example)",
      "<javascript:x>",
      "https://",
    ]
  ) assertEquals(line(plain), [text(plain)], plain);
  assertEquals(
    line("https://bank.example@evil.example").some(({ kind }) =>
      kind === "link"
    ),
    false,
  );
});

Deno.test("code keeps what is in it as it is", () => {
  assertEquals(line("run `deno *task* @dev` or `` a`b ``"), [
    text("run "),
    { kind: "code", text: "deno *task* @dev" },
    text(" or "),
    { kind: "code", text: "a`b" },
  ]);
  assertEquals(
    parseMarkdown("see\n```ts\na <b>\n  https://c\n```\ndone\n~~~\nopen"),
    [
      { kind: "paragraph", children: [text("see")] },
      { kind: "code", language: "ts", text: "a <b>\n  https://c" },
      { kind: "paragraph", children: [text("done")] },
      { kind: "code", language: "", text: "open" },
    ],
  );
});

Deno.test("quotes and lists, nested", () => {
  assertEquals(parseMarkdown("> one\n> > two\nafter"), [
    {
      kind: "quote",
      children: [
        { kind: "paragraph", children: [text("one")] },
        {
          kind: "quote",
          children: [{ kind: "paragraph", children: [text("two")] }],
        },
      ],
    },
    { kind: "paragraph", children: [text("after")] },
  ]);
  assertEquals(parseMarkdown("- a\n  - b\n- c\n\n3. d\n4. e"), [
    {
      kind: "list",
      start: null,
      items: [
        [
          { kind: "paragraph", children: [text("a")] },
          {
            kind: "list",
            start: null,
            items: [[{ kind: "paragraph", children: [text("b")] }]],
          },
        ],
        [{ kind: "paragraph", children: [text("c")] }],
      ],
    },
    {
      kind: "list",
      start: 3,
      items: [
        [{ kind: "paragraph", children: [text("d")] }],
        [{ kind: "paragraph", children: [text("e")] }],
      ],
    },
  ]);
});

Deno.test("mentions and emoji, but not in addresses or times", () => {
  assertEquals(line("@Demo-Owner, @everyone: :tada: at 10:30:45 a@b.example"), [
    { kind: "mention", handle: "demo-owner" },
    text(", "),
    { kind: "mention", handle: "everyone" },
    text(": "),
    { kind: "emoji", name: "tada" },
    text(" at 10:30:45 a@b.example"),
  ]);
});

Deno.test("a preview has the words without their marks, in one line", () => {
  for (
    const [content, plain] of [
      ["Look at **this**: `code`", "Look at this: code"],
      ["```ts\nconst a = 1;\n```\nand *that*", "const a = 1; and that"],
      ["> quoted\n\n- one\n- two", "quoted one, two"],
      ["[words](https://example.com) @Ada :wave:", "words @ada 👋"],
      ["**not closed, 2 * 3 * 4", "**not closed, 2 * 3 * 4"],
    ] as const
  ) assertEquals(plainText(content), plain);
});

Deno.test("a preview loses no letter", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      const letters = (given: string) => given.match(/[\p{L}]/gu)?.sort() ?? [];
      const content = `**${text.replace(/[`~\[\]()<>@:_*\\]/g, "")}**`;
      assertEquals(letters(plainText(content)), letters(content));
    }),
  );
});
