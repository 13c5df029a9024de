/** Turns texts into unit vectors that are near to each other when the texts mean something similar. */
export interface Embedder {
  /** Of model and preparation; vectors of different names are not comparable. */
  readonly name: string;
  readonly dimensions: number;
  /** A unit vector for each text. @throws {EmbedderUnavailable} when the model cannot be loaded here */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** Gives its memory back; it may be used again. */
  close(): void;
}

/** There is no model in this runtime; callers go on with words and skills alone. */
export class EmbedderUnavailable extends Error {
  override name = "EmbedderUnavailable";
}

/** Cosine of two unit vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
