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
export function ratio(value: number, base: number): string {
  return Number.isFinite(value / base) ? `${(value / base).toFixed(2)} ×` : "–";
}
