import { usePageReader } from "../../lib/i18n/mod.ts";
import { Search } from "lucide-preact";

/** In the bar of every page: a form, so it works before scripts; on a phone a link to the page of search. */
export function SearchBox({ here }: { here: string }) {
  const { t } = usePageReader();
  // Its own page has a larger one.
  if (/^\/search(\?|$)/.test(here)) return null;
  return (
    <>
      <form class="search-box" role="search" action="/search" method="get">
        <Search size={15} aria-hidden="true" />
        <input
          type="search"
          name="q"
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          maxLength={200}
          autoComplete="off"
        />
      </form>
      <a
        class="icon-button search-link"
        href="/search"
        aria-label={t("search.title")}
        title={t("search.title")}
      >
        <Search size={18} strokeWidth={1.8} aria-hidden="true" />
      </a>
    </>
  );
}
