import { assertEquals } from "@std/assert";
import {
  newestSent,
  type Readable,
  readSeen,
  unseenAfter,
  writeSeen,
} from "../../../components/chat/reading.ts";

const item = (
  id: string,
  authorId: string,
  sentAt: number,
  state: Readable["state"] = "sent",
): Readable => ({
  id,
  key: id,
  authorId,
  sentAt,
  state,
});

const items = [
  item("1", "ada", 10),
  item("2", "me", 20),
  item("3", "ben", 30),
  item("4", "me", 40, "sending"),
];

Deno.test("new is what others wrote after what was seen", () => {
  assertEquals(
    unseenAfter(items, { id: "1", sentAt: 10 }, "me").map((i) => i.id),
    ["3"],
  );
  assertEquals(unseenAfter(items, { id: "3", sentAt: 30 }, "me"), []);
});

Deno.test("when what was seen is no longer loaded, its time decides", () => {
  assertEquals(
    unseenAfter(items, { id: "0", sentAt: 5 }, "me").map((i) => i.id),
    ["1", "3"],
  );
});

Deno.test("for somebody who comes for the first time nothing is new", () => {
  assertEquals(unseenAfter(items, null, "me"), []);
});

Deno.test("what is still on its way has not been seen", () => {
  assertEquals(newestSent(items), { id: "3", sentAt: 30 });
  assertEquals(newestSent([]), null);
});

Deno.test("what was seen survives storage, and rubbish in storage does no harm", () => {
  const rows = new Map<string, string>();
  const storage = {
    getItem: (key: string) => rows.get(key) ?? null,
    setItem: (key: string, value: string) => void rows.set(key, value),
  };
  writeSeen(storage, "k", { id: "1", sentAt: 2 });
  assertEquals(readSeen(storage, "k"), { id: "1", sentAt: 2 });
  for (const text of ["", "{", "1", '{"id":1}', "null"]) {
    rows.set("k", text);
    assertEquals(readSeen(storage, "k"), null);
  }
});
