import { NexoraError } from "../errors.ts";

/** Turns a `conflict` into `null`, the answer that `retryConflicts` waits for. Other errors pass. */
export async function nullIfOvertaken<T>(
  committed: Promise<T>,
): Promise<T | null> {
  try {
    return await committed;
  } catch (error) {
    if (error instanceof NexoraError && error.code === "conflict") return null;
    throw error;
  }
}
