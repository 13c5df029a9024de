/** Points across: two minutes of seconds. */
const SLOTS = 120;
const HEIGHT = 40;

/** A line a series, newest at the right; a gap where nothing was measured. Stretches to its box. */
export function Spark(
  { series, label }: {
    /** The most telling first; it is the one that is filled. */
    series: readonly (readonly (number | null)[])[];
    label: string;
  },
) {
  const top = Math.max(
    1e-9,
    ...series.flat().map((value) => value ?? 0),
  ) * 1.08;
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${SLOTS - 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {series.map((values, i) =>
        runs(values.slice(-SLOTS), top).map((run, n) => (
          <g key={`${i}.${n}`} class={`spark-${i}`}>
            {i === 0 && <path class="spark-area" d={area(run)} />}
            <path class="spark-line" d={line(run)} />
          </g>
        ))
      ).reverse()}
    </svg>
  );
}

type Point = readonly [x: number, y: number];

/** Stretches without a gap, as points of the picture. */
export function runs(
  values: readonly (number | null)[],
  top: number,
): Point[][] {
  const first = SLOTS - values.length;
  const found: Point[][] = [];
  let run: Point[] = [];
  values.forEach((value, i) => {
    if (value === null) {
      if (run.length > 0) found.push(run);
      run = [];
    } else {
      const y = HEIGHT - value / top * HEIGHT;
      run.push([first + i, Math.round(y * 100) / 100]);
    }
  });
  if (run.length > 0) found.push(run);
  return found;
}

const line = (run: Point[]) =>
  // A lone point is a line of no length, which round caps make a dot.
  `M${run.map(([x, y]) => `${x} ${y}`).join("L")}${
    run.length === 1 ? "h0" : ""
  }`;

const area = (run: Point[]) =>
  `${line(run)}L${run.at(-1)![0]} ${HEIGHT}L${run[0]![0]} ${HEIGHT}Z`;
