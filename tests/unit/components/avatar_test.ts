import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { initials, tintOf } from "../../../components/Avatar.tsx";

Deno.test("initials are of the first and the last word, by letter and not by byte", () => {
  assertEquals(initials("Ada King Lovelace"), "AL");
  assertEquals(initials("élise"), "É");
  assertEquals(initials("𝒜da Ⓑen"), "𝒜Ⓑ");
  assertEquals(initials("night-shift_labs"), "NL");
  assertEquals(initials("  "), "?");
});

Deno.test("every id has one of eight tints, and all eight are used", () => {
  fc.assert(fc.property(fc.string(), (id) => {
    const tint = tintOf(id);
    assert(Number.isInteger(tint) && tint >= 0 && tint < 8);
    assertEquals(tintOf(id), tint);
  }));
  const tints = new Set(
    Array.from({ length: 200 }, (_, i) => tintOf(`user_${i}`)),
  );
  assertEquals(tints.size, 8);
});
