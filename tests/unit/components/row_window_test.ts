import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  DRAW_ALL,
  rowAt,
  windowAround,
} from "../../../components/chat/row_window.ts";

const heights = fc.array(fc.integer({ min: 1, max: 400 }), {
  minLength: DRAW_ALL + 1,
  maxLength: 2_000,
});
const total = (list: number[]) => list.reduce((sum, one) => sum + one, 0);

Deno.test("a short list is drawn whole", () => {
  assertEquals(windowAround([20, 30, 40], 1, 10, 10), {
    from: 0,
    to: 3,
    above: 0,
    below: 0,
  });
});

Deno.test("what is drawn and what is not are together as high as the list, and the wanted room is filled", () => {
  fc.assert(
    fc.property(
      heights,
      fc.nat(2_000),
      fc.nat(5_000),
      fc.nat(5_000),
      (list, anchor, up, down) => {
        const at = Math.min(anchor, list.length - 1);
        const { from, to, above, below } = windowAround(list, anchor, up, down);
        assert(0 <= from && from <= at && at <= to && to <= list.length);
        assertEquals(above, total(list.slice(0, from)));
        assertEquals(below, total(list.slice(to)));
        assert(from === 0 || total(list.slice(from, at)) >= up);
        assert(to === list.length || total(list.slice(at, to)) >= down);
        // And not more than a row too much on either side.
        assert(total(list.slice(from + 1, at)) < up || from === at);
        assert(total(list.slice(at, to - 1)) < down || to === at);
      },
    ),
  );
});

Deno.test("the row at a height above the end", () => {
  fc.assert(
    fc.property(heights, fc.nat(100_000), (list, fromBottom) => {
      const { index, above } = rowAt(list, fromBottom);
      const below = total(list.slice(index));
      if (fromBottom > total(list)) assertEquals(index, 0);
      else assertEquals(below - above, Math.max(fromBottom, 0));
      assert(above >= 0 && above <= list[index]!);
    }),
  );
});
