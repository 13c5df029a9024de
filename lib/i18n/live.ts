import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { enLive } from "./en_live.ts";
import { ownLocale } from "./own_locale.ts";
import {
  type Catalogue,
  createTranslate,
  type Translate,
} from "./translate.ts";
import type { Place } from "./time.ts";

/** Who reads: their words, where they are, and what time it is. */
export interface Reader<C extends Catalogue = typeof enLive> extends Place {
  t: Translate<C>;
  now: () => number;
}

/** The server provides the reader of the request, with every text; in a browser there is none. */
export const ReaderContext = createContext<unknown>(null);

/**
 * Makes the hook that gives components their texts of `catalogue`. In a browser the machine's own language and zone are
 * the reader's.
 */
export function readerHook<C extends Catalogue>(catalogue: C): () => Reader<C> {
  let here: Reader<C> | undefined;
  return () =>
    useContext(ReaderContext) as Reader<C> | null ?? (here ??= {
      t: createTranslate(catalogue, "en"),
      locale: ownLocale(navigator.languages),
      now: () => Date.now(),
    });
}

/** For islands that are on every page. */
export const useReader: () => Reader = readerHook(enLive);
