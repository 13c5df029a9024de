import type { KindOverview } from "../../lib/cache/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { bytes, duration } from "./duration.ts";

const PARTS = ["memoryHits", "storeHits", "stale", "misses"] as const;

/** Each kind: where its answers came from, as a bar and in figures. */
export function CacheKinds({ kinds }: { kinds: KindOverview[] }) {
  const { t, locale } = usePageReader();
  const number = new Intl.NumberFormat(locale);
  return (
    <section class="section" aria-labelledby="cache-kinds">
      <div class="section-head">
        <div>
          <h2 id="cache-kinds">{t("admin.cache.kinds")}</h2>
          <p>{t("admin.cache.kindsLead")}</p>
        </div>
        <ul class="cache-key" aria-hidden="true">
          {PARTS.map((part) => (
            <li key={part} class={part}>{t(`admin.cache.${part}`)}</li>
          ))}
        </ul>
      </div>
      <div
        class="card cache-kinds"
        tabIndex={0}
        role="region"
        aria-labelledby="cache-kinds"
      >
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("admin.cache.kind")}</th>
              <th scope="col">{t("admin.cache.answers")}</th>
              {PARTS.map((part) => (
                <th key={part} scope="col" class="number">
                  {t(`admin.cache.${part}`)}
                </th>
              ))}
              <th scope="col" class="number">{t("admin.cache.loads")}</th>
              <th scope="col" class="number">{t("admin.cache.errors")}</th>
              <th scope="col" class="number">{t("admin.cache.average")}</th>
              <th scope="col" class="number">{t("admin.cache.held")}</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => {
              const all = PARTS.reduce((sum, part) => sum + kind[part], 0);
              return (
                <tr key={kind.name}>
                  <th scope="row">
                    <span class="mono">{kind.name}</span>
                    {kind.ttl > 0 && (
                      <small>
                        {t("admin.cache.ttl", { time: keptFor(kind.ttl) })}
                      </small>
                    )}
                  </th>
                  <td>
                    {all === 0
                      ? (
                        <span class="quiet-text">
                          {t("admin.cache.unused")}
                        </span>
                      )
                      : <Bar kind={kind} all={all} />}
                  </td>
                  {PARTS.map((part) => (
                    <td key={part} class="number">
                      {number.format(kind[part])}
                    </td>
                  ))}
                  <td class="number">{number.format(kind.loads)}</td>
                  <td class={kind.errors > 0 ? "number bad" : "number"}>
                    {number.format(kind.errors)}
                  </td>
                  <td class="number">
                    {kind.loads === 0
                      ? "–"
                      : duration(kind.loadTime / kind.loads)}
                  </td>
                  <td class="number">{bytes(kind.memoryBytes)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Where the answers came from, in proportion; the figures beside it say the same. */
function Bar({ kind, all }: { kind: KindOverview; all: number }) {
  let x = 0;
  return (
    <svg
      class="cache-bar"
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {PARTS.map((part) => {
        const width = 100 * kind[part] / all;
        const at = x;
        x += width;
        return width > 0 && (
          <rect key={part} class={part} x={at} y={0} width={width} height={1} />
        );
      })}
    </svg>
  );
}

/** `5 min`, `24 h`. */
const keptFor = (ms: number) =>
  ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`;
