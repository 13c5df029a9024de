/**
 * The language of a browser, as `Intl` takes it. Chromium under `LC_ALL=C` says `en-US@posix`, with which every `Intl`
 * throws: the island that formats a date would be gone.
 *
 * @param languages as `navigator.languages`, best first
 */
export function ownLocale(languages: readonly string[]): string {
  for (const language of languages) {
    try {
      return Intl.getCanonicalLocales(language.replace(/@.*$/, ""))[0]!;
    } catch {
      // Not a language: the next may be one.
    }
  }
  return "en";
}
