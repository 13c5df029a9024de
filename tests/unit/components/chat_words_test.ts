import { assertEquals } from "@std/assert";
import { draftsOf } from "../../../components/chat/drafts.ts";
import { typingText } from "../../../components/chat/typing.ts";
import { translatorFor } from "../../../lib/i18n/mod.ts";

Deno.test("up to three people who type are named", () => {
  const t = translatorFor("en");
  assertEquals(typingText([], t), "");
  assertEquals(typingText(["Ada"], t), "Ada is typing");
  assertEquals(typingText(["Ada", "Ben"], t), "Ada and Ben are typing");
  assertEquals(
    typingText(["Ada", "Ben", "Cy"], t),
    "Ada, Ben and Cy are typing",
  );
  assertEquals(
    typingText(["Ada", "Ben", "Cy", "Di"], t),
    "Several people are typing",
  );
});

class Memory {
  rows = new Map<string, string>();
  getItem = (key: string) => this.rows.get(key) ?? null;
  setItem = (key: string, value: string) => void this.rows.set(key, value);
  removeItem = (key: string) => void this.rows.delete(key);
}

Deno.test("a draft belongs to one person in one channel and goes when it is emptied", () => {
  const storage = new Memory();
  const mine = draftsOf(storage, "ada", "guild-1");
  mine.write("half a tho");
  assertEquals(draftsOf(storage, "ada", "guild-1").read(), "half a tho");
  assertEquals(draftsOf(storage, "ben", "guild-1").read(), "");
  assertEquals(draftsOf(storage, "ada", "guild-2").read(), "");
  mine.write("  ");
  assertEquals(storage.rows.size, 0);
});

Deno.test("without storage, or with a full one, writing goes on", () => {
  const full = {
    getItem: () => null,
    removeItem: () => {},
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  for (const storage of [null, full]) {
    const drafts = draftsOf(storage, "ada", "guild-1");
    drafts.write("text");
    assertEquals(drafts.read(), "");
  }
});
