import { de } from "./de.ts";
import { en } from "./en.ts";
import type { Formats, Texts, Words } from "./types.ts";
import { wordsDe, wordsEn } from "./words.ts";

export type { Formats, Texts, Words } from "./types.ts";

export interface Language {
  texts: Texts;
  words: Words;
}

/** Languages by their primary subtag. A language is added by its texts, its words and a line here. */
const LANGUAGES = {
  en: { texts: en, words: wordsEn },
  de: { texts: de, words: wordsDe },
} as const satisfies Record<string, Language>;

/** What they are called by those who speak them. */
export const LANGUAGE_NAMES: Record<keyof typeof LANGUAGES, string> = {
  en: "English",
  de: "Deutsch",
};

/** The texts nearest to a BCP 47 tag; English where there are none. */
export function languageOf(locale: string): Language {
  const primary = locale.split("-")[0]!.toLowerCase();
  return LANGUAGES[primary as keyof typeof LANGUAGES] ?? LANGUAGES.en;
}

const made = new Map<string, Formats>();

/** How a reader writes numbers and times. Making it costs some 100 µs, so it is kept. */
export function formatsFor(
  { locale, timeZone }: { locale: string; timeZone: string },
): Formats {
  const key = `${locale}|${timeZone}`;
  let formats = made.get(key);
  if (!formats) {
    // Locales and zones are users' settings: their number is bounded by what the runtime knows, but not by us.
    if (made.size > 1_000) made.clear();
    formats = makeFormats(locale, timeZone);
    made.set(key, formats);
  }
  return formats;
}

function makeFormats(locale: string, timeZone: string): Formats {
  try {
    const numbers = new Intl.NumberFormat(locale);
    const dates = new Intl.DateTimeFormat(locale, {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone,
    });
    return {
      number: (value) => numbers.format(value),
      date: (at) => dates.format(at),
    };
  } catch {
    // A stored locale or zone that this runtime does not know must not hide a notification.
    return makeFormats("en", "UTC");
  }
}
