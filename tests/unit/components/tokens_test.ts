import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { tokenize } from "../../../components/chat/tokens.ts";

Deno.test("plain lines become text and breaks", () => {
  assertEquals(tokenize("one\n\ntwo"), [
    { kind: "text", text: "one" },
    { kind: "break" },
    { kind: "break" },
    { kind: "text", text: "two" },
  ]);
});

Deno.test("a link ends before the punctuation of its sentence", () => {
  assertEquals(
    tokenize("See https://example.com/a?b=1. (or https://x.org/w_(y))"),
    [
      { kind: "text", text: "See " },
      {
        kind: "link",
        text: "https://example.com/a?b=1",
        href: "https://example.com/a?b=1",
      },
      { kind: "text", text: "." },
      { kind: "text", text: " (or " },
      {
        kind: "link",
        text: "https://x.org/w_(y)",
        href: "https://x.org/w_(y)",
      },
      { kind: "text", text: ")" },
    ],
  );
});

Deno.test("only web addresses become links", () => {
  for (
    const text of [
      "javascript:alert(1)",
      "data:text/html,x",
      "https://",
      "file:///etc/passwd",
    ]
  ) {
    assertEquals(
      tokenize(text).filter((token) => token.kind === "link"),
      [],
      text,
    );
  }
});

Deno.test("code keeps what is in it as it is", () => {
  assertEquals(
    tokenize("run `deno task dev` or\n```sh\na <b>\n  https://c\n```\ndone"),
    [
      { kind: "text", text: "run " },
      { kind: "code", text: "deno task dev" },
      { kind: "text", text: " or" },
      { kind: "block", text: "a <b>\n  https://c" },
      { kind: "text", text: "done" },
    ],
  );
});

Deno.test("no visible character is lost or invented", () => {
  const visible = (text: string) => text.replace(/[\s`]/g, "");
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "`",
      "```",
      "\n",
      "https://a.b/c",
      ".",
      ")",
      "(",
      "http://",
      " ",
    ),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const content = pieces.join("");
    const shown = tokenize(content).map((t) =>
      t.kind === "break" ? "\n" : t.text
    ).join("");
    // The language after a fence is the one thing that is not shown.
    if (content.includes("```")) return;
    assertEquals(visible(shown), visible(content));
  }));
});
