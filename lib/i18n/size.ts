/** `1.2 MB` as a locale writes it. */
export function fileSize(bytes: number, locale: string): string {
  const [value, unit] = bytes >= 1e6
    ? [bytes / 1e6, "megabyte"]
    : bytes >= 1e3
    ? [bytes / 1e3, "kilobyte"]
    : [bytes, "byte"];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
