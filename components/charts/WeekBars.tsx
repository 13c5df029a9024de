/** Width of a bar and of the gap after it, in the picture's own units. */
const BAR = 8;
const GAP = 3;
const HEIGHT = 32;

export interface WeekBarsProps {
  /** A count a week, oldest first. */
  weeks: readonly number[];
  /** What the picture says, for those who do not see it. */
  label: string;
  /** The largest count of the scale; default: of these weeks. */
  top?: number;
}

/** A bar a week; the last two stand out, the two before less so. Stretches to its box. */
export function WeekBars({ weeks, label, top }: WeekBarsProps) {
  const most = Math.max(1, top ?? 0, ...weeks);
  return (
    <svg
      class="week-bars"
      viewBox={`0 0 ${weeks.length * (BAR + GAP) - GAP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {weeks.map((count, i) => {
        // A week without any keeps a trace, so that one sees that it was counted.
        const height = count === 0 ? 1 : Math.max(2, count / most * HEIGHT);
        const ago = weeks.length - 1 - i;
        return (
          <rect
            key={i}
            class={ago < 2 ? "bar-now" : ago < 4 ? "bar-before" : "bar-past"}
            x={i * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
          />
        );
      })}
    </svg>
  );
}
