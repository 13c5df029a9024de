import { enLive } from "./en_live.ts";
import { enSwitcher } from "./en_switcher.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enSwitcher };

/** For the quick switcher and the list of keys. */
export const useSwitcherReader: () => Reader<typeof texts> = readerHook(texts);
