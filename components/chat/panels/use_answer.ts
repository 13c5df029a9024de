import { useEffect, useState } from "preact/hooks";
import { call, failureOf } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";

export interface Answer<T> {
  /** `null` until it is there. */
  value: T | null;
  /** Why it could not be read. */
  failure: string | null;
  again: () => void;
  set: (value: T) => void;
}

/** Reads from the API what a pane or dialog shows. */
export function useAnswer<T>(
  path: string,
  read: (answer: Record<string, unknown>) => T,
  deps: readonly unknown[] = [],
): Answer<T> {
  const [value, set] = useState<T | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    setFailure(null);
    call(getPage().env, "GET", path).then(
      (answer) => current && set(read(answer)),
      (error) => current && setFailure(failureOf(error).message),
    );
    return () => current = false;
  }, [path, turn, ...deps]);
  return { value, failure, again: () => setTurn(turn + 1), set };
}
