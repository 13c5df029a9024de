import { shortDate, usePageReader } from "../../../lib/i18n/mod.ts";
import type { TrustRecord } from "../../../lib/users/mod.ts";

/** The drawing's own units; it grows with its place. */
const WIDTH = 640;
const HEIGHT = 112;
/** Room for the stroke and the point at its end. */
const EDGE = 5;

/** Trust as a line of steps: it stays what it is until something happens. */
export function TrustChart(
  { history, trust, now }: {
    /** Newest first. */
    history: TrustRecord[];
    trust: number;
    now: number;
  },
) {
  const reader = usePageReader();
  const { t } = reader;
  const first = history.at(-1);
  if (!first) return <p class="quiet-text">{t("person.noHistory")}</p>;
  const points = [
    { at: first.at, value: first.from },
    ...history.toReversed().map(({ at, to }) => ({ at, value: to })),
    { at: Math.max(now, history[0]!.at), value: trust },
  ];
  const values = points.map((point) => point.value);
  const low = Math.max(0, Math.floor((Math.min(...values) - 10) / 25) * 25);
  const high = Math.min(1000, Math.ceil((Math.max(...values) + 10) / 25) * 25);
  const start = points[0]!.at;
  const span = Math.max(1, points.at(-1)!.at - start);
  const x = (at: number) => EDGE + (at - start) / span * (WIDTH - 2 * EDGE);
  const y = (value: number) =>
    HEIGHT - EDGE -
    (value - low) / Math.max(1, high - low) * (HEIGHT - 2 * EDGE);
  let line = `M${x(start).toFixed(1)} ${y(points[0]!.value).toFixed(1)}`;
  for (const { at, value } of points.slice(1)) {
    line += `H${x(at).toFixed(1)}V${y(value).toFixed(1)}`;
  }
  const end = points.at(-1)!;
  return (
    <figure class="trust-chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("person.trustChart", {
          from: first.from,
          to: trust,
          start: shortDate(start, reader),
          end: shortDate(end.at, reader),
        })}
      >
        <path
          class="trust-area"
          d={`${line}V${HEIGHT}H${x(start).toFixed(1)}Z`}
        />
        <path class="trust-line" d={line} vector-effect="non-scaling-stroke" />
      </svg>
      <figcaption aria-hidden="true">
        <span>{shortDate(start, reader)}</span>
        <span>{low}–{high}</span>
        <span>{shortDate(end.at, reader)}</span>
      </figcaption>
    </figure>
  );
}
