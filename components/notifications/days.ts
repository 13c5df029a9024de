import type { Reader } from "../../lib/i18n/live.ts";
import { dayKey, dayName } from "../../lib/i18n/day.ts";

/** Items under the days they came on, both newest first. */
export interface Day<N> {
  key: string;
  name: string;
  items: N[];
}

export function byDay<N extends { createdAt: number }>(
  items: readonly N[],
  reader: Reader,
): Day<N>[] {
  const days: Day<N>[] = [];
  const now = reader.now();
  for (const item of items) {
    const key = dayKey(item.createdAt, reader);
    let day = days.at(-1);
    if (day?.key !== key) {
      const name = dayName(item.createdAt, now, reader);
      const words = "name" in name
        ? name.name
        : reader.t(`time.${name.relative}`);
      days.push(day = { key, name: words, items: [] });
    }
    day.items.push(item);
  }
  return days;
}
