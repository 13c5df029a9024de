import { useEffect, useState } from "preact/hooks";

/** What `load` imports, once it is wanted; `null` until then. A failed import is tried again with the next wish. */
export function useLazy<T>(
  wanted: boolean,
  load: () => Promise<T>,
  failed: () => void,
): T | null {
  const [loaded, setLoaded] = useState<{ value: T } | null>(null);
  useEffect(() => {
    if (!wanted || loaded) return;
    let current = true;
    load().then(
      (value) => current && setLoaded({ value }),
      () => current && failed(),
    );
    return () => current = false;
  }, [wanted]);
  return loaded?.value ?? null;
}
