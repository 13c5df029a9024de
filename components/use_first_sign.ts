import { useEffect } from "preact/hooks";

const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
/** Milliseconds after which it is done anyway: what is on the screen would grow old. */
const AT_LAST = 60_000;

/** Calls `run` once: with the first sign that somebody is there, or after a minute. */
export function useFirstSign(run: () => void): void {
  useEffect(() => {
    const once = () => {
      end();
      run();
    };
    const timer = setTimeout(once, AT_LAST);
    const options = { capture: true, passive: true };
    const end = () => {
      clearTimeout(timer);
      for (const sign of SIGNS) removeEventListener(sign, once, options);
    };
    for (const sign of SIGNS) addEventListener(sign, once, options);
    return end;
  }, []);
}
