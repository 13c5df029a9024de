/** The sentence encoder: what its vectors are, and that its memory comes and goes. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  cosine,
  EmbedderUnavailable,
} from "../../../lib/ai/embedding/embedder.ts";
import {
  cosineWithFirst,
  packVectors,
  unpackVectors,
} from "../../../lib/ai/embedding/packed.ts";
import { createSentenceEncoder } from "../../../lib/ai/embedding/sentence_encoder.ts";

Deno.test("meaning is near without a shared word, whatever is asked at once, and after the worker has ended", async () => {
  const encoder = createSentenceEncoder({ idle: 1 });
  try {
    const [[sign], [login, cats, empty]] = await Promise.all([
      encoder.embed(["Sign in with another provider"]),
      encoder.embed(["A login page", "A poem about cats", ""]),
    ]);
    assertEquals(sign!.length, encoder.dimensions);
    assert(Math.abs(cosine(sign!, sign!) - 1) < 1e-5);
    assert(cosine(sign!, login!) > cosine(sign!, cats!) + 0.1);
    assertEquals(empty!.length, encoder.dimensions);
    assertEquals(await encoder.embed([]), []);
    // Idle for a millisecond: it is gone, and comes back with the same answer.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [again] = await encoder.embed(["Sign in with another provider"]);
    assertEquals(again, sign);
  } finally {
    encoder.close();
  }
});

Deno.test("who waits while it is put away is told, and nobody waits for ever", async () => {
  const encoder = createSentenceEncoder();
  const asked = encoder.embed(["one"]);
  encoder.close();
  await assertRejects(() => asked, EmbedderUnavailable);
});

Deno.test("packed vectors are a quarter of the size, and as near to each other as before", () => {
  const vector = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), {
    minLength: 32,
    maxLength: 32,
  }).filter((values) => Math.hypot(...values) > 0.1).map((values) => {
    const length = Math.hypot(...values);
    return Float32Array.from(values, (value) => value / length);
  });
  fc.assert(fc.property(vector, vector, (a, b) => {
    const packed = packVectors([a, b], 32);
    assertEquals(packed.bytes.length, 64);
    const [a2, b2] = unpackVectors(packed);
    assert(Math.abs(cosine(a2!, b2!) - cosine(a, b)) < 0.03);
    assert(Math.abs(cosineWithFirst(b, packed) - cosine(a, b)) < 0.03);
  }));
});

Deno.test("where no worker runs it goes on on this thread", async () => {
  const [worker, thread] = [
    createSentenceEncoder(),
    createSentenceEncoder({
      start() {
        throw new Deno.errors.NotSupported("Workers are not supported");
      },
    }),
  ];
  try {
    assertEquals(
      await thread.embed(["Sign in"]),
      await worker.embed(["Sign in"]),
    );
  } finally {
    worker.close();
    thread.close();
  }
});
