/** Where an arrow key, Home, End or Escape leads from a focused message. */
export function neighbour(
  event: KeyboardEvent,
): HTMLElement | "composer" | null {
  const log = event.currentTarget as HTMLElement;
  const row = event.target as HTMLElement;
  if (
    row.dataset.key === undefined || event.altKey || event.ctrlKey ||
    event.metaKey
  ) return null;
  if (event.key === "Escape") return "composer";
  const rows = [...log.querySelectorAll<HTMLElement>("[data-key]")];
  const at = rows.indexOf(row);
  switch (event.key) {
    case "ArrowUp":
      return rows[at - 1] ?? null;
    case "ArrowDown":
      return rows[at + 1] ?? "composer";
    case "Home":
      return rows[0] ?? null;
    case "End":
      return rows.at(-1) ?? null;
    default:
      return null;
  }
}
