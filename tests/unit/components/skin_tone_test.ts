import { assert, assertEquals } from "@std/assert";
import { EMOJI } from "../../../lib/markdown/emoji.ts";
import { inTone, TONES } from "../../../components/chat/popups/skin_tone.ts";
import { Emoji } from "../../../lib/messages/mod.ts";

Deno.test("in every tone, every emoji of the picker is one that can be reacted with", () => {
  const toned = new Set<string>();
  for (const { char } of EMOJI.flatMap(({ emoji }) => emoji)) {
    for (const { tone } of TONES) {
      const shown = inTone(char, tone);
      assert(Emoji.safeParse(shown).success, `${char} in ${tone}: ${shown}`);
      if (shown === char) continue;
      toned.add(char);
      assert(shown.includes(tone));
      assertEquals([...new Intl.Segmenter().segment(shown)].length, 1);
    }
  }
  for (const char of ["👍", "✌️", "🙏", "💪"]) assert(toned.has(char), char);
  for (const char of ["🎉", "😀", "❤️"]) assert(!toned.has(char), char);
});
