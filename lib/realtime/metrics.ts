/** Upper bounds of the latency histograms, in seconds. */
const LATENCY = [
  0.001,
  0.002,
  0.005,
  0.01,
  0.02,
  0.05,
  0.1,
  0.25,
  0.5,
  1,
  2.5,
  10,
];
const SIZE = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** A Prometheus histogram. */
export class Histogram {
  readonly counts: number[];
  sum = 0;
  count = 0;

  constructor(readonly bounds: readonly number[]) {
    this.counts = new Array(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let i = 0;
    while (i < this.bounds.length && value > this.bounds[i]!) i++;
    this.counts[i]!++;
    this.sum += value;
    this.count++;
  }

  /** The bound below which a share `q` (0–1) of the observations lie. */
  quantile(q: number): number {
    let left = q * this.count;
    for (let i = 0; i < this.counts.length; i++) {
      left -= this.counts[i]!;
      if (left <= 0) return this.bounds[i] ?? this.bounds.at(-1)!;
    }
    return 0;
  }
}

/** What the real-time server counts. Plain numbers: the hot path adds to them. */
export class Metrics {
  connectionsOpened = 0;
  connections = 0;
  subscriptions = 0;
  framesIn = 0;
  bytesIn = 0;
  publishes = 0;
  deliveries = 0;
  bytesOut = 0;
  resumes = 0;
  resumesExpired = 0;
  watchErrors = 0;
  races = 0;
  /** Why something was refused or dropped → how often. */
  readonly drops = new Map<string, number>();
  /** Close code → how often. */
  readonly closes = new Map<number, number>();
  readonly batchSize = new Histogram(SIZE);
  readonly commitSeconds = new Histogram(LATENCY);
  readonly lagSeconds = new Histogram(LATENCY);

  drop(reason: string, by = 1): void {
    this.drops.set(reason, (this.drops.get(reason) ?? 0) + by);
  }

  closed(code: number): void {
    this.closes.set(code, (this.closes.get(code) ?? 0) + 1);
  }
}

/** One metric of the exposition: name, type, help, samples `[labels, value]`. */
export interface Family {
  name: string;
  type: "counter" | "gauge";
  help: string;
  samples: [labels: Record<string, string | number>, value: number][];
}

/** Prometheus text exposition format 0.0.4. */
export function exposition(metrics: Metrics, gauges: Family[]): string {
  const counter = (name: string, help: string, value: number): Family => ({
    name,
    help,
    type: "counter",
    samples: [[{}, value]],
  });
  const families: Family[] = [
    {
      name: "nexora_connections",
      type: "gauge",
      help: "Open connections",
      samples: [[{}, metrics.connections]],
    },
    {
      name: "nexora_subscriptions",
      type: "gauge",
      help: "Live subscriptions",
      samples: [[{}, metrics.subscriptions]],
    },
    counter(
      "nexora_connections_opened_total",
      "Connections since the start",
      metrics.connectionsOpened,
    ),
    counter(
      "nexora_frames_received_total",
      "Frames from clients",
      metrics.framesIn,
    ),
    counter(
      "nexora_received_bytes_total",
      "Characters from clients",
      metrics.bytesIn,
    ),
    counter(
      "nexora_publishes_total",
      "Events committed",
      metrics.publishes,
    ),
    counter(
      "nexora_deliveries_total",
      "Events sent to subscribers",
      metrics.deliveries,
    ),
    counter(
      "nexora_sent_bytes_total",
      "Characters sent to subscribers",
      metrics.bytesOut,
    ),
    counter(
      "nexora_resumes_total",
      "Subscriptions that resumed from a position",
      metrics.resumes,
    ),
    counter(
      "nexora_resumes_expired_total",
      "Positions that were too old to resume from",
      metrics.resumesExpired,
    ),
    counter(
      "nexora_watch_errors_total",
      "Broken KV watches",
      metrics.watchErrors,
    ),
    counter(
      "nexora_commit_races_total",
      "Commits that had to be tried again",
      metrics.races,
    ),
    {
      name: "nexora_drops_total",
      type: "counter",
      help: "Refused or dropped, by reason",
      samples: [...metrics.drops].map(([reason, n]) => [{ reason }, n]),
    },
    {
      name: "nexora_closes_total",
      type: "counter",
      help: "Connections closed, by code",
      samples: [...metrics.closes].map(([code, n]) => [{ code }, n]),
    },
    ...gauges,
  ];
  return families.map(familyText).join("") +
    histogramText(
      "nexora_commit_batch_size",
      "Events in a commit",
      metrics.batchSize,
    ) +
    histogramText(
      "nexora_commit_seconds",
      "Time of a commit",
      metrics.commitSeconds,
    ) +
    histogramText(
      "nexora_delivery_lag_seconds",
      "From commit to delivery",
      metrics.lagSeconds,
    );
}

function familyText({ name, type, help, samples }: Family): string {
  const lines = samples.map(([labels, value]) =>
    `${name}${labelText(labels)} ${value}`
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join(
    "\n",
  ) + "\n";
}

function labelText(labels: Record<string, string | number>): string {
  const pairs = Object.entries(labels).map(([key, value]) =>
    `${key}="${
      String(value).replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(
        /\n/g,
        "\\n",
      )
    }"`
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function histogramText(name: string, help: string, h: Histogram): string {
  let total = 0;
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`];
  h.bounds.forEach((bound, i) => {
    total += h.counts[i]!;
    lines.push(`${name}_bucket{le="${bound}"} ${total}`);
  });
  lines.push(
    `${name}_bucket{le="+Inf"} ${h.count}`,
    `${name}_sum ${h.sum}`,
    `${name}_count ${h.count}`,
  );
  return lines.join("\n") + "\n";
}

export { LATENCY, SIZE };
