import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import {
  type Piece,
  SEARCH_KINDS,
  type SearchHit,
  type SearchKind,
  type SearchPage as Found,
} from "../../lib/search/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import { Search, SearchX, Target } from "lucide-preact";
import { Shell } from "../shell/Shell.tsx";

export interface SearchProps {
  frame: Frame;
  q: string;
  kind: SearchKind | null;
  cursor: number;
  found: Found;
  /** Of the people found. */
  pictures: Record<string, string>;
}

/** What was found, of one kind or of all. */
export function SearchPage(props: SearchProps) {
  const { frame, q, kind, cursor, found } = props;
  const { t } = usePageReader();
  const link = (to: SearchKind | null, at = 0) => {
    const query = new URLSearchParams({ q });
    if (to) query.set("kind", to);
    if (at > 0) query.set("cursor", String(at));
    return `/search?${query}`;
  };
  const total = SEARCH_KINDS.reduce(
    (n, each) => n + found.found[each].count,
    0,
  );
  const count = kind ? found.found[kind].count : total;
  return (
    <Shell frame={frame} title={t("search.title")} narrow>
      <form class="search-form" role="search" action="/search" method="get">
        <Search size={17} aria-hidden="true" />
        <input
          class="input"
          type="search"
          name="q"
          value={q}
          aria-label={t("search.label")}
          placeholder={t("search.begin")}
          maxLength={200}
          autoFocus={q === ""}
          autoComplete="off"
        />
        {kind && <input type="hidden" name="kind" value={kind} />}
        <button type="submit" class="button primary">
          {t("search.submit")}
        </button>
      </form>
      {q !== "" && (
        <nav class="tabs-row" aria-label={t("search.kinds")}>
          {([null, ...SEARCH_KINDS] as const).map((each) => {
            const n = each ? found.found[each].count : total;
            const more = each
              ? found.found[each].more
              : SEARCH_KINDS.some((one) => found.found[one].more);
            return (
              <a
                key={each ?? "all"}
                class="tab-link"
                href={link(each)}
                aria-current={each === kind ? "page" : "false"}
              >
                {each ? t(`search.kind.${each}`) : t("search.all")}
                <span class="tab-count">
                  {more ? t("search.more", { count: n }) : n}
                </span>
              </a>
            );
          })}
          <a
            class="tab-link"
            href={`/search/messages?${new URLSearchParams({ q })}`}
            aria-current="false"
          >
            {t("search.messages")}
          </a>
        </nav>
      )}
      <p class="unseen" role="status">
        {q !== "" && t("search.results", { count })}
      </p>
      <Hits {...props} />
      {(found.cursor !== null || cursor > 0) && (
        <div class="form-actions search-pages">
          {cursor > 0 && (
            <a class="button" href={link(kind)}>{t("search.first")}</a>
          )}
          {found.cursor !== null && (
            <a class="button" href={link(kind, found.cursor)}>
              {t("search.next")}
            </a>
          )}
        </div>
      )}
    </Shell>
  );
}

function Hits({ q, found, pictures }: SearchProps) {
  const { t } = usePageReader();
  if (q === "") {
    return (
      <Empty
        icon={<Search size={22} strokeWidth={1.6} aria-hidden="true" />}
        title={t("search.begin")}
        body={t("search.beginBody")}
      />
    );
  }
  if (found.hits.length === 0) {
    return (
      <Empty
        icon={<SearchX size={22} strokeWidth={1.6} aria-hidden="true" />}
        title={t("search.none", { q })}
        body={t("search.noneBody")}
      />
    );
  }
  return (
    <ul class="card rows search-hits">
      {found.hits.map((hit) => (
        <Hit
          key={`${hit.kind} ${hit.id}`}
          hit={hit}
          picture={hit.kind === "user" ? pictures[hit.id] : undefined}
        />
      ))}
    </ul>
  );
}

function Hit({ hit, picture }: { hit: SearchHit; picture?: string }) {
  const { t } = usePageReader();
  const { kind, id, title, subtitle, excerpt, link } = hit;
  const name = title.map((piece) => piece.text).join("");
  return (
    <li class="row">
      {kind === "bounty"
        ? (
          <span class="search-icon">
            <Target size={18} strokeWidth={1.7} aria-hidden="true" />
          </span>
        )
        : (
          <Avatar
            id={id}
            name={name}
            picture={picture}
            size={36}
            square={kind === "guild"}
          />
        )}
      <div class="row-main">
        <a class="row-link" href={link}>
          <Pieces pieces={title} />
        </a>
        {kind === "user" && <span class="search-sub">{subtitle}</span>}
        <p class="search-excerpt">
          <Pieces pieces={excerpt} />
        </p>
      </div>
      <span class="row-side">{t(`search.one.${kind}`)}</span>
    </li>
  );
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  return (
    <>
      {pieces.map(({ text, hit }, i) =>
        hit ? <mark key={i}>{text}</mark> : text
      )}
    </>
  );
}
