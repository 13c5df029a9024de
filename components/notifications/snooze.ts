const HOUR = 3_600_000;
/** Mornings begin at nine, on the reader's clock. */
const MORNING = 9;

export interface SnoozeTime {
  key: "hours" | "tomorrow" | "week";
  /** Milliseconds. */
  until: number;
}

/** When a notification may come back: in three hours, tomorrow morning, on Monday morning. */
export function snoozeTimes(now: number): SnoozeTime[] {
  const morning = (days: number) => {
    const day = new Date(now);
    day.setDate(day.getDate() + days);
    day.setHours(MORNING, 0, 0, 0);
    return day.getTime();
  };
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { key: "hours", until: now + 3 * HOUR },
    { key: "tomorrow", until: morning(1) },
    { key: "week", until: morning(toMonday) },
  ];
}
