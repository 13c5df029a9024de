export interface ChartPoint {
  /** Milliseconds. */
  at: number;
  value: number;
  /** Drawn as a dot that stands out. */
  marked?: boolean;
}

const WIDTH = 640;
const HEIGHT = 148;
const LEFT = 28;
const BOTTOM = 20;
const TOP = 8;

/** A value from 0 to 100 over days: grid, line, and dots where something happened. Drawn by the server. */
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
  const x = (at: number) =>
    LEFT + (at - from) / Math.max(1, to - from) * (WIDTH - LEFT - 12);
  const y = (value: number) =>
    TOP + (100 - value) / 100 * (HEIGHT - BOTTOM - TOP);
  const line = points.map(({ at, value }) =>
    `${round(x(at))} ${round(y(value))}`
  );
  const ticks = [0, 1, 2, 3].map((n) => from + (to - from) * n / 3);
  return (
    <svg
      class="history"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {[0, 50, 100].map((value) => (
        <g key={value}>
          <line
            class="history-grid"
            x1={LEFT}
            x2={WIDTH - 8}
            y1={y(value)}
            y2={y(value)}
          />
          <text
            class="history-text"
            x={LEFT - 6}
            y={y(value) + 3.5}
            text-anchor="end"
          >
            {value}
          </text>
        </g>
      ))}
      {ticks.map((at, n) => (
        <text
          key={at}
          class="history-text"
          x={x(at)}
          y={HEIGHT - 4}
          text-anchor={n === 0 ? "start" : n === 3 ? "end" : "middle"}
        >
          {day(at)}
        </text>
      ))}
      {line.length > 0 && (
        <>
          <path
            class="history-area"
            d={`M${line.join("L")}L${round(x(points.at(-1)!.at))} ${y(0)}L${
              round(x(points[0]!.at))
            } ${y(0)}Z`}
          />
          <path
            class="history-line"
            d={`M${line.join("L")}${line.length === 1 ? "h0" : ""}`}
          />
        </>
      )}
      {points.filter((p) => p.marked).map(({ at, value }) => (
        <circle key={at} class="history-dot" cx={x(at)} cy={y(value)} r="3.5" />
      ))}
    </svg>
  );
}

const round = (n: number) => Math.round(n * 10) / 10;
