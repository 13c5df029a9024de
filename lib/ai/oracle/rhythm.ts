import { DAY } from "../../clock.ts";
import { increment } from "./baseline.ts";
import type { Ledger } from "./ledger.ts";
import { median } from "./statistics.ts";

/** How much busier everybody was on the days of a stretch of time than on the window's usual day; 1–4. */
export type Busyness = (from: number, to: number) => number;

/** Sales, launches and holidays move everybody, so they are no sign against anybody. */
export function learnBusyness(ledger: Ledger): Busyness {
  const w = ledger.window;
  const daily = new Map<number, number>();
  for (let i = w.first; i < w.end; i++) {
    increment(daily, Math.floor(w.at[i]! / DAY));
  }
  if (daily.size < 4) return () => 1;
  const usual = Math.max(1, median(daily.values()));
  return (from, to) => {
    let most = 1;
    for (let d = Math.floor(from / DAY); d <= Math.floor(to / DAY); d++) {
      most = Math.max(most, (daily.get(d) ?? 0) / usual);
    }
    return Math.min(most, 4);
  };
}
