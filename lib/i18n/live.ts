import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { enLive } from "./en_live.ts";
import { createTranslate, type Translate } from "./translate.ts";
import type { Place } from "./time.ts";

/** Who reads: their words, where they are, and what time it was when the page was made. */
export interface Reader extends Place {
  t: Translate<typeof enLive>;
  now: () => number;
}

/** In a browser nothing provides a reader: the machine's own language and zone are the reader's. */
const here: Reader = {
  t: createTranslate(enLive, "en"),
  // Under Deno this default is used by tests only; pages are rendered inside a provider.
  locale: globalThis.navigator?.language ?? "en",
  now: () => Date.now(),
};

export const ReaderContext = createContext<Reader>(here);

/** Translation and times for islands and the components they use. */
export function useReader(): Reader {
  return useContext(ReaderContext);
}
