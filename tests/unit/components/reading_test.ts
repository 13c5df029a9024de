import { assertEquals } from "@std/assert";
import {
  newestSent,
  type Readable,
  seenUpTo,
  unseenAfter,
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

Deno.test("the reader's mark says what was seen, on whichever device", () => {
  const items = [1, 3, 5].map((seq) => ({
    ...item(`m${seq}`, "ben", seq),
    position: `1.${seq}.0`,
  }));
  const at = (mark: string | null) => seenUpTo(items, mark)?.id;
  assertEquals([at("1.3.0"), at("1.4.7"), at("2.0.0")], ["m3", "m3", "m5"]);
  // All of it is newer, or nothing was ever read.
  assertEquals([at("1.0.9"), at(null)], ["", undefined]);
  assertEquals(unseenAfter(items, seenUpTo(items, "1.0.9"), "me").length, 3);
});
