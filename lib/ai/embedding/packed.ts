/**
 * Vectors as they are kept: a byte a number and one scale a vector. A quarter of the store and of the memory of floats;
 * cosines are right to 0.005, and the order of the labelled set stays the same.
 */
export interface PackedVectors {
  dimensions: number;
  /** One after another, `dimensions` bytes each, two's complement. */
  bytes: Uint8Array;
  /** What a byte of each vector stands for. */
  scales: number[];
}

export function packVectors(
  vectors: readonly Float32Array[],
  dimensions: number,
): PackedVectors {
  const bytes = new Int8Array(vectors.length * dimensions);
  const scales = vectors.map((vector, n) => {
    let largest = 0;
    for (const value of vector) largest = Math.max(largest, Math.abs(value));
    const scale = largest / 127 || 1;
    for (let i = 0; i < dimensions; i++) {
      bytes[n * dimensions + i] = Math.round(vector[i]! / scale);
    }
    return scale;
  });
  return { dimensions, bytes: new Uint8Array(bytes.buffer), scales };
}

export function unpackVectors(
  { dimensions, bytes, scales }: PackedVectors,
): Float32Array[] {
  const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  return scales.map((scale, n) =>
    Float32Array.from(
      signed.subarray(n * dimensions, (n + 1) * dimensions),
      (value) => value * scale,
    )
  );
}

/** Cosine of a unit vector and the first of packed ones, without unpacking: it is asked of every guild. */
export function cosineWithFirst(
  vector: Float32Array,
  { dimensions, bytes, scales }: PackedVectors,
): number {
  const signed = new Int8Array(bytes.buffer, bytes.byteOffset, dimensions);
  let sum = 0;
  for (let i = 0; i < dimensions; i++) sum += vector[i]! * signed[i]!;
  return sum * (scales[0] ?? 0);
}
