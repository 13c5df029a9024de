import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  formatOn,
  linkOver,
  prefixLines,
  type Replacement,
  type Selection,
  wrap,
} from "../../../components/chat/formatting.ts";
import { toggled } from "../../../lib/realtime/client/message_actions.ts";
import { wishAt } from "../../../components/chat/suggestion.ts";

const done = (text: string, { cut, put, select }: Replacement): Selection => ({
  text: text.slice(0, cut[0]) + put + text.slice(cut[1]),
  from: select[0],
  to: select[1],
});

Deno.test("marks go around the selection, and come off again", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "b", " ", "\n") }),
      fc.nat(),
      fc.nat(),
      fc.constantFrom("**", "*", "`", "~~"),
      (text, a, b, mark) => {
        const [from, to] = [a % (text.length + 1), b % (text.length + 1)]
          .sort((x, y) => x - y) as [number, number];
        const once = done(text, wrap({ text, from, to }, mark));
        assertEquals(once.text.slice(once.from, once.to), text.slice(from, to));
        assertEquals(done(once.text, wrap(once, mark)), { text, from, to });
      },
    ),
  );
});

Deno.test("an address pasted over words becomes their link, and nothing else does", () => {
  const text = "See the plan here";
  const chosen = { text, from: 8, to: 12 };
  const link = linkOver(chosen, " https://nexora.test/plan?a=1 ")!;
  assertEquals(
    done(text, link).text,
    "See the [plan](https://nexora.test/plan?a=1) here",
  );
  for (
    const pasted of [
      "plan",
      "javascript:alert(1)",
      "https://a.test b",
      "https://a.test/(b)",
    ]
  ) assertEquals(linkOver(chosen, pasted), null, pasted);
  for (const words of ["", "  ", "https://a.test", "a]b", "a\nb"]) {
    const all = { text: words, from: 0, to: words.length };
    assertEquals(linkOver(all, "https://a.test"), null, words);
  }
});

Deno.test("lines become a list, and lines again", () => {
  const text = "one\ntwo\nthree";
  const listed = done(text, prefixLines({ text, from: 1, to: 6 }, "- "));
  assertEquals(listed.text, "- one\n- two\nthree");
  assertEquals(
    done(listed.text, prefixLines({ ...listed, from: 0, to: 11 }, "- ")).text,
    text,
  );
});

Deno.test("only known keys format", () => {
  const selection = { text: "x", from: 0, to: 1 };
  const key = (key: string, shiftKey = false) =>
    formatOn({ key, shiftKey }, selection)?.put;
  assertEquals(
    [key("b"), key("B"), key("i"), key("X", true), key("s"), key("v")],
    ["**x**", "**x**", "*x*", "~~x~~", undefined, undefined],
  );
});

Deno.test("somebody after @, an emoji after two letters, nothing in addresses and times", () => {
  const words = (text: string) => {
    const wish = wishAt(text, text.length);
    return wish && `${wish.kind} ${wish.words}`;
  };
  assertEquals(
    [
      "@",
      "hi @Ma",
      "a@b",
      "(@kofi",
      ":ta",
      ":t",
      "10:30",
      "https://x.example",
      "@ma ",
    ].map(words),
    [
      "person ",
      "person Ma",
      null,
      "person kofi",
      "emoji ta",
      null,
      null,
      null,
      null,
    ],
  );
});

Deno.test("a reaction toggled twice is as it was, and toggled to what it is stays", () => {
  const reactions = [{ emoji: "👍", count: 2, userIds: ["a", "b"] }];
  for (const emoji of ["👍", "🎉"]) {
    const on = toggled(reactions, emoji, true, "me");
    assertEquals(toggled(on, emoji, true, "me"), on);
    assertEquals(toggled(on, emoji, false, "me"), reactions);
    assertEquals(toggled(reactions, emoji, false, "me"), reactions);
  }
});
