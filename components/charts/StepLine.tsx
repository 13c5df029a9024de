const WIDTH = 300;
const HEIGHT = 72;

export interface StepLineProps {
  /** Oldest first; each value holds until the next. `x` of any unit. */
  points: readonly { x: number; y: number }[];
  /** What the picture says, for those who do not see it. */
  label: string;
  /** Bounds of the scale. */
  low: number;
  high: number;
}

/** A value that changes in steps. Stretches to its box; the line keeps its width. */
export function StepLine({ points, label, low, high }: StepLineProps) {
  const first = points[0]?.x ?? 0;
  const span = Math.max(1e-9, (points.at(-1)?.x ?? 1) - first);
  const range = Math.max(1e-9, high - low);
  const x = (value: number) => round((value - first) / span * WIDTH);
  const y = (value: number) => round(HEIGHT - (value - low) / range * HEIGHT);
  let line = "";
  for (const [i, point] of points.entries()) {
    line += i === 0
      ? `M${x(point.x)} ${y(point.y)}`
      : `H${x(point.x)}V${y(point.y)}`;
  }
  return (
    <svg
      class="step-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path class="step-area" d={`${line}V${HEIGHT}H0Z`} />
      <path class="step-stroke" d={line} />
    </svg>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
