/** Prints a Markdown table; numbers are to be formatted by the caller. */
export function printTable(
  title: string,
  columns: string[],
  rows: (string | number)[][],
): void {
  const cells = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, i) =>
    Math.max(...cells.map((row) => row[i]?.length ?? 0))
  );
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  console.log(`\n${title}\n`);
  console.log(line(columns));
  console.log(line(widths.map((width) => "-".repeat(width))));
  for (const row of cells.slice(1)) console.log(line(row));
}

export function fixed(value: number, digits = 1): string {
  return Number.isFinite(value) ? value.toFixed(digits) : "–";
}

/** `1.23 ×`. */
export function times(ratio: number): string {
  return Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : "–";
}

/** A figure that was promised: what it must not exceed (`≤`) or fall short of (`≥`). */
export interface Mark {
  measure: string;
  sign: "≤" | "≥";
  bound: number;
  value: number;
  unit?: string;
}

/** Prints what was promised beside what was measured. Nothing fails: a noisy machine is nobody's fault. */
export function printMarks(marks: Mark[]): void {
  printTable(
    "Marks",
    ["measure", "must reach", "measured", "met"],
    marks.map(({ measure, sign, bound, value, unit = "×" }) => [
      measure,
      `${sign} ${bound} ${unit}`,
      `${fixed(value, value >= 100 ? 0 : 2)} ${unit}`,
      (sign === "≤" ? value <= bound : value >= bound) ? "yes" : "no",
    ]),
  );
}
