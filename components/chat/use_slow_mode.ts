import { useCallback, useEffect, useRef } from "preact/hooks";
import { SECOND } from "../../lib/clock.ts";
import { slowLeft } from "./room_state.ts";

/**
 * Counts `slowLeft` down from what the server said is left: its time, not this device's clock, which may be wrong.
 * Returns what begins anew.
 */
export function useSlowMode(initial: number): (wait: number) => void {
  const ticking = useRef<ReturnType<typeof setInterval>>();
  const begin = useCallback((wait: number) => {
    clearInterval(ticking.current);
    const end = Date.now() + wait;
    const look = () => {
      slowLeft.value = Math.max(0, Math.ceil((end - Date.now()) / SECOND));
      if (slowLeft.peek() === 0) clearInterval(ticking.current);
    };
    look();
    if (wait > 0) ticking.current = setInterval(look, SECOND / 2);
  }, []);
  useEffect(() => {
    begin(initial);
    return () => begin(0);
  }, []);
  return begin;
}
