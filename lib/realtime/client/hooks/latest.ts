import { useRef } from "preact/hooks";

/** The handler of the latest rendering, under one name for as long as the component lives. */
export function useLatest<T>(value: T): { current: T } {
  const ref = useRef(value);
  ref.current = value;
  return ref;
}
