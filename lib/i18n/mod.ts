import { useContext } from "preact/hooks";
import { en } from "./en.ts";
import { type Reader, ReaderContext } from "./live.ts";
import { createTranslate, type Translate } from "./translate.ts";

export { ReaderContext, useReader } from "./live.ts";
export type { Reader } from "./live.ts";
export type { Catalogue, Translate } from "./translate.ts";
export {
  exactTime,
  format,
  type Place,
  relativeTime,
  shortDate,
} from "./time.ts";
export * from "./day.ts";

/** A reader with every text; what pages are rendered with. */
export interface PageReader extends Reader<typeof en> {
  /** Of the texts: `lang` of the page. */
  language: string;
}

const CATALOGUES = { en } as const;

const translators = new Map<string, Translate<typeof en>>();

/** The language of ours that is best for `locale`; English when there is none. */
function languageFor(locale: string): keyof typeof CATALOGUES {
  const language = locale.split("-")[0]!;
  return language in CATALOGUES ? language as keyof typeof CATALOGUES : "en";
}

export function translatorFor(locale: string): Translate<typeof en> {
  const known = languageFor(locale);
  let t = translators.get(known);
  if (!t) translators.set(known, t = createTranslate(CATALOGUES[known], known));
  return t;
}

/** The reader behind a request: a signed-in user's settings, else what the browser asks for. */
export function readerOf(
  user: { locale: string; timeZone: string } | null,
  acceptLanguage: string | null,
  now: () => number,
): PageReader {
  const asked = acceptLanguage?.split(",")[0]?.split(";")[0]?.trim();
  const chosen = usable(user?.locale);
  const browser = usable(asked);
  // Somebody who chose English and whose browser says British English writes dates as the British do.
  const locale = browser && (!chosen || browser.split("-")[0] === chosen)
    ? browser
    : chosen ?? "en";
  return {
    t: translatorFor(locale),
    language: languageFor(locale),
    locale,
    timeZone: user?.timeZone ?? "UTC",
    now,
  };
}

function usable(locale: string | undefined): string | undefined {
  if (!locale) return undefined;
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

/** The reader for server-rendered components; islands and what they use take `useReader` of `live.ts`. */
export function usePageReader(): PageReader {
  return useContext(ReaderContext) as PageReader;
}
