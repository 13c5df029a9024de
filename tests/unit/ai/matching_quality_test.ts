/** How good the matchmaker's order is, on the part of the labelled set that its weights have not seen. */
import { assert } from "@std/assert";
import { createSentenceEncoder } from "../../../lib/ai/embedding/sentence_encoder.ts";
import {
  judge,
  keywordOrder,
  matchmakerOrder,
} from "../../support/matching/judge.ts";

Deno.test("meaning, words and skills together order guilds far better than keywords", async () => {
  const embedder = createSentenceEncoder();
  try {
    const keywords = judge(keywordOrder(), "judging");
    const fused = judge(await matchmakerOrder(embedder), "judging");
    console.log(
      `nDCG@10: keywords ${keywords.toFixed(3)}, fused ${fused.toFixed(3)}`,
    );
    assert(fused >= 0.7, `nDCG@10 is ${fused}`);
    assert(fused >= 1.25 * keywords, `${fused} against ${keywords}`);
  } finally {
    embedder.close();
  }
});

Deno.test("without a model, skills and words still beat keywords", async () => {
  const keywords = judge(keywordOrder(), "judging");
  const fused = judge(await matchmakerOrder(null), "judging");
  assert(fused > keywords, `${fused} against ${keywords}`);
});
