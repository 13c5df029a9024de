import { usePageReader } from "../../lib/i18n/mod.ts";
import type { CacheOverview } from "../../lib/cache/mod.ts";
import type { FormFailure, Frame } from "../../lib/pages/mod.ts";
import { AdminPage } from "./AdminPage.tsx";
import { CacheKinds } from "./CacheKinds.tsx";
import { bytes, duration } from "./duration.ts";
import { PurgeForms } from "./PurgeForms.tsx";
import { Spark } from "./Spark.tsx";

export interface CachePageProps {
  frame: Frame;
  cache: CacheOverview;
  failure: FormFailure | null;
  flash: string | null;
}

/** What the cache saves, by kind and over time, and how to make it forget. */
export function CachePage({ frame, cache, failure, flash }: CachePageProps) {
  const { t } = usePageReader();
  return (
    <AdminPage
      frame={frame}
      title={t("admin.cache")}
      about={t("admin.cacheAbout")}
      flash={flash}
    >
      <Figures cache={cache} />
      <CacheKinds kinds={cache.kinds} />
      <PurgeForms kinds={cache.kinds} failure={failure} />
    </AdminPage>
  );
}

/** Points of the pictures: Spark shows the last 120. */
const POINTS = 120;

function Figures({ cache }: { cache: CacheOverview }) {
  const { t, locale } = usePageReader();
  const { history, memory, kinds, storeErrors } = cache;
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
  });
  const number = new Intl.NumberFormat(locale, {
    notation: "compact",
    maximumFractionDigits: 1,
  });
  const total = (pick: (k: CacheOverview["kinds"][number]) => number) =>
    kinds.reduce((sum, kind) => sum + pick(kind), 0);
  const hits = total((k) => k.memoryHits + k.storeHits + k.stale);
  const asked = hits + total((k) => k.misses);
  const loads = total((k) => k.loads);
  // Between two samples; a gap where nobody asked.
  const steps = history.slice(1).map((now, i) => ({ now, before: history[i]! }))
    .slice(-POINTS);
  const ratio = steps.map(({ now, before }) => {
    const hit = now.hits + now.stale - before.hits - before.stale;
    const all = hit + now.misses - before.misses;
    return all > 0 ? hit / all : null;
  });
  const rate = steps.map(({ now, before }) =>
    (now.hits + now.stale + now.misses - before.hits - before.stale -
      before.misses) * 1_000 / Math.max(1, now.at - before.at)
  );
  const slow = steps.map(({ now, before }) => {
    const count = now.loads - before.loads;
    return count > 0 ? (now.loadTime - before.loadTime) / count : null;
  });
  const cards = [
    [
      "ratio",
      asked === 0 ? "–" : percent.format(hits / asked),
      ratio,
    ],
    ["requests", number.format(asked), rate],
    [
      "loadTime",
      loads === 0 ? "–" : duration(total((k) => k.loadTime) / loads),
      slow,
    ],
  ] as const;
  return (
    <section aria-labelledby="cache-now">
      <h2 id="cache-now" class="unseen">{t("admin.cache.now")}</h2>
      <ul class="charts">
        {cards.map(([name, figure, series]) => (
          <li key={name} class="card chart">
            <h3>{t(`admin.cache.${name}`)}</h3>
            <p class="chart-now">{figure}</p>
            {series.length > 1
              ? (
                <Spark
                  series={[series]}
                  label={t("admin.cache.chartSays", {
                    label: t(`admin.cache.${name}`),
                    now: figure,
                  })}
                />
              )
              : <p class="chart-wait">{t("admin.cache.soon")}</p>}
          </li>
        ))}
        <li class="card chart">
          <h3>{t("admin.cache.memory")}</h3>
          <p class="chart-now">{bytes(memory.bytes)}</p>
          <p class="chart-wait">
            {t("admin.cache.entries", { count: memory.entries })}
            {storeErrors > 0 &&
              ` · ${t("admin.cache.storeErrors", { count: storeErrors })}`}
          </p>
        </li>
      </ul>
    </section>
  );
}
