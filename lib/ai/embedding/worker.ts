/** The model on a thread of its own: an embedding takes 10–100 ms of one core, and the sockets must not wait for it. */
import { loadModel } from "./model.ts";

/** Texts in. */
export interface Asked {
  id: number;
  texts: string[];
}

/** Vectors out, or why not. `broken`: the model cannot be loaded. */
export type Answered =
  | { id: number; vectors: Float32Array[] }
  | { id: number; error: string; broken: boolean };

interface Scope {
  onmessage: ((event: MessageEvent<Asked>) => void) | null;
  postMessage(answer: Answered): void;
}

const scope = self as unknown as Scope;
const loading = loadModel();
// Told with the first answer.
loading.catch(() => {});

scope.onmessage = async ({ data: { id, texts } }) => {
  let loaded = false;
  try {
    const embed = await loading;
    loaded = true;
    scope.postMessage({ id, vectors: await embed(texts) });
  } catch (error) {
    scope.postMessage({
      id,
      error: error instanceof Error ? error.message : String(error),
      broken: !loaded,
    });
  }
};
