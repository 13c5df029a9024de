import { useEffect } from "preact/hooks";
import { call } from "../../lib/realtime/client/api.ts";
import { getPage } from "../../lib/realtime/client/page.ts";

/** Milliseconds: how often being there is told at most, and after how much silence that one is away. */
const TELL = 4 * 60_000;
const SILENT = 10 * 60_000;

const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Tells the server while somebody does something here, and once when they have stopped. */
export function useActivity(): void {
  useEffect(() => {
    let told = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let away = false;
    const tell = (idle: boolean) => {
      told = Date.now();
      away = idle;
      call(getPage().env, "POST", "/api/me/idle", { idle }).catch(() => {});
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => tell(true), SILENT);
    };
    const act = () => {
      wait();
      if (away || Date.now() - told > TELL) tell(false);
    };
    wait();
    const options = { passive: true };
    for (const sign of SIGNS) document.addEventListener(sign, act, options);
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) document.removeEventListener(sign, act);
    };
  }, []);
}
