import { DAY, HOUR, MINUTE } from "../../clock.ts";
import { ACTIVITY_KINDS } from "./activity.ts";
import { CHANNELS, SPANS } from "./baseline.ts";
import { K, KINDS } from "./columns.ts";
import { type Detector, duration, type Finding } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { learnBusyness } from "./rhythm.ts";
import { clamp, fitTail, type Tail } from "./statistics.ts";

/** Fewer than this many in one span is nobody's burst. */
const LEAST = [14, 16, 20, 28];
/** People who talk write some ten messages an hour, and some thirty in an evening, whatever their other evenings were like. */
const TALK = { evening: 30, hour: 15 };

interface Burst {
  user: number;
  channel: number;
  span: number;
  count: number;
  start: number;
  end: number;
  /** The most outside this burst. */
  second: number;
  /** Everything that the user did outside it, on another day of the window. */
  outside: number;
}

/**
 * Velocity spikes: far more of something within minutes, hours or a day than the same user ever did, and than others do. Growth over
 * one's own peak is compared with everybody's growth, and the burst with everybody's bursts, so heavy but steady users
 * and whole-platform busy days stay quiet.
 */
export const findVelocitySpikes: Detector = (ledger) => {
  const { baseline, users, window: w } = ledger;
  const bursts = everyBurst(ledger);
  const busy = learnBusyness(ledger);
  const history = Math.max(0, ledger.from - ledger.oldest);
  const best = new Map<number, Finding & { span: number; weight: number }>();
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let s = 0; s < SPANS.length; s++) {
      const mine = bursts[channel * SPANS.length + s]!;
      if (mine.length === 0) continue;
      // What goes on all week is no spike: the rest of the window counts half as much as the past.
      const peakBefore = (b: Burst) =>
        Math.max(
          baseline.peaks[(b.user * CHANNELS + channel) * SPANS.length + s]!,
          0.5 * b.second,
        );
      const busyness = (b: Burst) => {
        const rows = ledger.byActor[b.user]!;
        return busy(w.at[rows[b.start]!]!, w.at[rows[b.end - 1]!]!);
      };
      const levels: number[] = [];
      const growth: number[] = [];
      const quiet = (b: Burst) =>
        growthOf(b.count / busyness(b), peakBefore(b));
      // Habits are those of the weeks before; without such weeks, those of the rest of the window.
      const known = (b: Burst) =>
        history >= 5 * DAY
          // Somebody who was hardly ever about has a habit, too: silence.
          ? (baseline.activeDays[b.user]! >= 3 &&
            baseline.total(b.user) >= 8) ||
            ledger.firstSeen[b.user]! <= ledger.from - 4 * DAY
          : b.outside >= 12;
      for (const b of mine) {
        levels.push(Math.log(Math.max(b.count, peakBefore(b))));
        if (known(b)) growth.push(quiet(b));
      }
      const tests = mine.length;
      const levelTail: Tail = fitTail(levels, 0.22);
      const growthTail: Tail = fitTail(growth, 0.22);
      for (const b of mine) {
        if (b.count < LEAST[s]!) continue;
        const level = -levelTail(Math.log(b.count));
        const own = known(b);
        const grown = own ? -growthTail(quiet(b)) : 0;
        const before = peakBefore(b);
        if (own && b.count < 2.5 * Math.max(before, 1)) continue;
        if (!own && b.count < 2 * LEAST[s]!) continue;
        // A newcomer has no habits to break: only being far outside everybody's counts.
        const rare = own
          ? clamp(grown, 0, 30) + clamp(level - 4, -4, 8)
          : clamp(level, 0, 30) - 5;
        const size = Math.log(b.count / LEAST[s]!);
        const odds = Math.min(
          rare - Math.log(tests) + clamp(2 * size, 0, 3) - 3.8,
          mostOddsOf(ledger, b),
        );
        const found = best.get(b.user);
        // The tightest span that is about as odd says best when it was.
        const weight = odds + (channel === KINDS ? -0.5 : 0) - 0.4 * s;
        if (found && found.weight >= weight) continue;
        const rows = ledger.byActor[b.user]!.subarray(b.start, b.end).filter((
          i,
        ) => channel === KINDS || w.kind[i] === channel);
        best.set(b.user, {
          kind: "velocity_spike",
          subjects: [b.user],
          rows: [...rows],
          odds,
          weight,
          span: s,
          reason: sentence(ledger, b, s, own ? before : undefined, rows),
        });
      }
    }
  }
  return [...best.values()].filter((f) =>
    f.odds > -2 && f.subjects[0]! < users.size
  );
};

/**
 * A burst of messages is at most as odd as its tempo: what somebody says in a long talk is far more than they ever said,
 * and far more than most say, and still they are only talking.
 */
function mostOddsOf(ledger: Ledger, b: Burst): number {
  const { at, kind } = ledger.window;
  const rows = ledger.byActor[b.user]!.subarray(b.start, b.end);
  let messages = 0;
  for (const i of rows) if (kind[i] === K.message_sent) messages++;
  if (b.channel !== K.message_sent && messages < 0.6 * rows.length) {
    return Infinity;
  }
  const length = at[rows[rows.length - 1]!]! - at[rows[0]!]!;
  const hours = Math.max(length, MINUTE) / HOUR;
  return 0.8 + 8 * Math.log(messages / TALK.evening) +
    2 * Math.log(messages / hours / TALK.hour);
}

/** Growth over one's own peak; a peak of none counts as one and a half. */
const growthOf = (count: number, before: number): number =>
  Math.log((count + 1.5) / (before + 1.5));

function sentence(
  ledger: Ledger,
  b: Burst,
  s: number,
  before: number | undefined,
  rows: Int32Array,
): string {
  const what = b.channel === KINDS
    ? "activities"
    : `${ACTIVITY_KINDS[b.channel]!.replace("_", " ")} activities`;
  const at = ledger.window.at;
  const length = at[rows[rows.length - 1]!]! - at[rows[0]!]!;
  const much = `${b.count} ${what} within ${duration(length)}`;
  if (before === undefined) {
    return `${much} from an account with little history, far more than others do`;
  }
  return `${much}, where this account never had more than ${
    Math.round(before)
  } in ${duration(SPANS[s]!)} before`;
}

/** The most in one span without the rows from place `start` to `end`. */
function elsewhere(
  at: Float64Array,
  rows: Int32Array,
  list: number[],
  span: number,
  start: number,
  end: number,
): number {
  let low = 0, most = 0;
  for (let high = 0; high < list.length; high++) {
    if (list[high]! >= start && list[high]! < end) {
      low = high + 1;
      continue;
    }
    const now = at[rows[list[high]!]!]!;
    while (now - at[rows[list[low]!]!]! >= span) low++;
    most = Math.max(most, high - low + 1);
  }
  return most;
}

/** The biggest burst a user, by channel and span; `start` and `end` are places in the user's list of rows. */
function everyBurst(ledger: Ledger): Burst[][] {
  const { window: w, byActor } = ledger;
  const all: Burst[][] = Array.from(
    { length: CHANNELS * SPANS.length },
    () => [],
  );
  const places: number[][] = Array.from({ length: CHANNELS }, () => []);
  for (let user = 0; user < byActor.length; user++) {
    const rows = byActor[user]!;
    if (rows.length === 0) continue;
    for (const list of places) list.length = 0;
    for (let p = 0; p < rows.length; p++) {
      places[w.kind[rows[p]!]!]!.push(p);
      places[KINDS]!.push(p);
    }
    for (let channel = 0; channel < CHANNELS; channel++) {
      const list = places[channel]!;
      if (list.length === 0) continue;
      for (let s = 0; s < SPANS.length; s++) {
        let low = 0, count = 0, start = 0, end = 0;
        for (let high = 0; high < list.length; high++) {
          const now = w.at[rows[list[high]!]!]!;
          while (now - w.at[rows[list[low]!]!]! >= SPANS[s]!) low++;
          if (high - low + 1 > count) {
            count = high - low + 1;
            start = list[low]!;
            end = list[high]! + 1;
          }
        }
        const from = w.at[rows[start]!]! - DAY,
          to = w.at[rows[end - 1]!]! + DAY;
        let outside = 0;
        if (count >= LEAST[s]!) {
          for (const i of rows) if (w.at[i]! < from || w.at[i]! > to) outside++;
        }
        all[channel * SPANS.length + s]!.push({
          outside,
          second: elsewhere(w.at, rows, list, SPANS[s]!, start, end),
          user,
          channel,
          span: s,
          count,
          start,
          end,
        });
      }
    }
  }
  return all;
}
