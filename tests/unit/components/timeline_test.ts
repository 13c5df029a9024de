import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { layOut, type Line } from "../../../components/chat/timeline.ts";

const place = { locale: "en", timeZone: "Europe/Berlin" };
const at = (text: string) => Date.parse(text);
const line = (key: string, authorId: string, when: string): Line => ({
  key,
  authorId,
  sentAt: at(when),
});

Deno.test("messages of one author within five minutes stand under one head", () => {
  const rows = layOut(
    [
      line("1", "ada", "2026-03-02T10:00:00Z"),
      line("2", "ada", "2026-03-02T10:04:00Z"),
      line("3", "ada", "2026-03-02T10:10:00Z"),
      line("4", "ben", "2026-03-02T10:10:30Z"),
    ],
    place,
    null,
  );
  assertEquals(
    rows.map((row) =>
      row.kind === "message" ? `${row.key}${row.head ? "!" : ""}` : row.kind
    ),
    ["day", "1!", "2", "3!", "4!"],
  );
});

Deno.test("a day begins at the reader's midnight, not at the server's", () => {
  const rows = layOut(
    [
      line("1", "ada", "2026-03-02T22:59:00Z"),
      line("2", "ada", "2026-03-02T23:01:00Z"),
    ],
    place,
    null,
  );
  assertEquals(rows.map((row) => row.key), [
    "day-2026-03-02",
    "1",
    "day-2026-03-03",
    "2",
  ]);
});

Deno.test("the new line stands before the first unread message, which gets a head", () => {
  const rows = layOut(
    [
      line("1", "ada", "2026-03-02T10:00:00Z"),
      line("2", "ada", "2026-03-02T10:01:00Z"),
    ],
    place,
    "2",
  );
  assertEquals(rows.map((row) => row.key), [
    "day-2026-03-02",
    "1",
    "fresh",
    "2",
  ]);
  assertEquals(rows.at(-1), {
    kind: "message",
    key: "2",
    head: true,
    guess: rows.at(-1)!.guess,
    line: line("2", "ada", "2026-03-02T10:01:00Z"),
  });
});

Deno.test("every message is there once, in order, and keys never repeat", () => {
  fc.assert(fc.property(
    fc.array(fc.record({
      authorId: fc.constantFrom("ada", "ben"),
      sentAt: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    })),
    (messages) => {
      const lines = messages.map((m, i) => ({ ...m, key: String(i) }));
      const rows = layOut(lines, place, lines[1]?.key ?? null);
      assertEquals(
        rows.filter((r) => r.kind === "message").map((r) => r.key),
        lines.map((l) => l.key),
      );
      assertEquals(new Set(rows.map((r) => r.key)).size, rows.length);
    },
  ));
});
