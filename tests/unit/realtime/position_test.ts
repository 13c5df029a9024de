import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  comparePositions,
  formatPosition,
  orderKey,
  parseOrderKey,
  parsePosition,
} from "../../../lib/realtime/position.ts";

const position = fc.record({
  epoch: fc.nat({ max: 4_000_000_000 }),
  seq: fc.nat({ max: 2 ** 40 }),
  index: fc.nat({ max: 9_999_999 }),
});

Deno.test("a position survives being written as text and as a key", () => {
  fc.assert(fc.property(position, (p) => {
    assertEquals(parsePosition(formatPosition(p)), p);
    assertEquals(parseOrderKey(orderKey(p)), p);
  }));
});

Deno.test("keys of positions sort as the positions do", () => {
  fc.assert(fc.property(position, position, (a, b) => {
    const [x, y] = [orderKey(a), orderKey(b)];
    assertEquals(Math.sign(comparePositions(a, b)), x < y ? -1 : x > y ? 1 : 0);
  }));
});

Deno.test("what is not a position is not taken for one", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    const parsed = parsePosition(text);
    assert(parsed === null || /^\d+\.\d+\.\d+$/.test(text));
  }));
  for (const text of ["", "1.2", "1.2.3.4", "-1.2.3", "1.2.x", " 1.2.3"]) {
    assertEquals(parsePosition(text), null);
  }
});
