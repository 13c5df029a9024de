export interface ChartPoint {
  /** Milliseconds. */
  at: number;
  value: number;
  /** Drawn as a dot that stands out. */
  marked?: boolean;
}

const WIDTH = 600;
const HEIGHT = 100;

/**
 * A value from 0 to 100 over days: grid, line, and dots where something happened. Drawn by the server; the picture stretches to its
 * box, words and dots keep their size.
 */
export function HistoryChart(
  { points, from, to, label, day }: {
    points: readonly ChartPoint[];
    from: number;
    to: number;
    /** What a screen reader says instead. */
    label: string;
    /** Writes a day at the axis. */
    day: (at: number) => string;
  },
) {
  const share = (at: number) => (at - from) / Math.max(1, to - from);
  const line = points.map(({ at, value }) =>
    `${round(share(at) * WIDTH)} ${round(HEIGHT - value)}`
  );
  const first = points[0], last = points.at(-1);
  return (
    <div class="soundness" role="img" aria-label={label}>
      <div class="soundness-scale" aria-hidden="true">
        {[100, 50, 0].map((value) => <span key={value}>{value}</span>)}
      </div>
      <div class="soundness-plot">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {[0, 50, 100].map((y) => (
            <line
              key={y}
              class="soundness-grid"
              x1={0}
              x2={WIDTH}
              y1={y}
              y2={y}
            />
          ))}
          {first && last && (
            <>
              <path
                class="soundness-area"
                d={`M${line.join("L")}L${
                  round(share(last.at) * WIDTH)
                } ${HEIGHT}L${round(share(first.at) * WIDTH)} ${HEIGHT}Z`}
              />
              <path
                class="soundness-line"
                d={`M${line.join("L")}${line.length === 1 ? "h0" : ""}`}
              />
            </>
          )}
          {points.filter((p) => p.marked).map(({ at, value }) => (
            // A line of no length: its round cap stays round however the picture is stretched.
            <path
              key={at}
              class="soundness-dot"
              d={`M${round(share(at) * WIDTH)} ${round(HEIGHT - value)}h0`}
            />
          ))}
        </svg>
      </div>
      <div class="soundness-days" aria-hidden="true">
        {[0, 1, 2, 3].map((n) => (
          <span key={n}>{day(from + (to - from) * n / 3)}</span>
        ))}
      </div>
    </div>
  );
}

const round = (n: number) => Math.round(n * 10) / 10;
