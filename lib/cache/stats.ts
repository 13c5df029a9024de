/** Counts of one kind in this isolate since it started. */
export interface KindStats {
  /** Answered from memory. */
  memoryHits: number;
  /** Answered from the store. */
  storeHits: number;
  /** Answered with a stale value. */
  stale: number;
  /** Neither tier had it. */
  misses: number;
  /** Loader calls. */
  loads: number;
  /** Loaders that failed or took too long. */
  errors: number;
  /** Values not kept, because they were invalidated while they were loaded. */
  discarded: number;
  /** Bytes of loaded values. */
  bytes: number;
  /** Milliseconds in loaders, all and the longest. */
  loadTime: number;
  longestLoad: number;
}

export function newStats(): KindStats {
  return {
    memoryHits: 0,
    storeHits: 0,
    stale: 0,
    misses: 0,
    loads: 0,
    errors: 0,
    discarded: 0,
    bytes: 0,
    loadTime: 0,
    longestLoad: 0,
  };
}

export interface CacheStats {
  /** Of this isolate's memory. */
  memory: { entries: number; bytes: number };
  kinds: Record<string, KindStats & { memoryBytes: number }>;
  /** Calls of the store that failed; the loaders were asked instead. */
  storeErrors: number;
}

/** All kinds together at one moment, counted since the isolate started. */
export interface CacheSample {
  /** Milliseconds. */
  at: number;
  hits: number;
  stale: number;
  misses: number;
  loads: number;
  errors: number;
  loadTime: number;
}

/** Milliseconds between two samples, at least; and how many are kept. */
const SAMPLE_EVERY = 10_000;
const SAMPLES = 360;

/** Notes totals now and then, driven by those who use the cache: no timer, and nothing on the way of a hit in memory. */
export class StatsHistory {
  readonly samples: CacheSample[] = [];

  note(kinds: Iterable<KindStats>, at: number): void {
    const last = this.samples.at(-1);
    if (last && at - last.at < SAMPLE_EVERY) return;
    const sample: CacheSample = {
      at,
      hits: 0,
      stale: 0,
      misses: 0,
      loads: 0,
      errors: 0,
      loadTime: 0,
    };
    for (const k of kinds) {
      sample.hits += k.memoryHits + k.storeHits;
      sample.stale += k.stale;
      sample.misses += k.misses;
      sample.loads += k.loads;
      sample.errors += k.errors;
      sample.loadTime += k.loadTime;
    }
    this.samples.push(sample);
    if (this.samples.length > SAMPLES) this.samples.shift();
  }
}

const METRICS: [keyof KindStats, string, string, number][] = [
  ["memoryHits", "cache_hits_total", 'tier="memory"', 1],
  ["storeHits", "cache_hits_total", 'tier="store"', 1],
  ["stale", "cache_stale_total", "", 1],
  ["misses", "cache_misses_total", "", 1],
  ["loads", "cache_loads_total", "", 1],
  ["errors", "cache_load_errors_total", "", 1],
  ["bytes", "cache_loaded_bytes_total", "", 1],
  ["loadTime", "cache_load_seconds_total", "", 1e-3],
];

/** Lines in Prometheus' text format, for `/metrics`. */
export function cacheMetrics(stats: CacheStats): string {
  const lines: string[] = [];
  let last = "";
  for (const [field, name, label, scale] of METRICS) {
    if (name !== last) lines.push(`# TYPE nexora_${name} counter`);
    last = name;
    for (const [kind, counts] of Object.entries(stats.kinds)) {
      const labels = [`kind="${kind}"`, ...label ? [label] : []].join(",");
      lines.push(`nexora_${name}{${labels}} ${counts[field] * scale}`);
    }
  }
  lines.push(
    "# TYPE nexora_cache_memory_bytes gauge",
    `nexora_cache_memory_bytes ${stats.memory.bytes}`,
    "# TYPE nexora_cache_memory_entries gauge",
    `nexora_cache_memory_entries ${stats.memory.entries}`,
    "# TYPE nexora_cache_store_errors_total counter",
    `nexora_cache_store_errors_total ${stats.storeErrors}`,
  );
  return lines.join("\n") + "\n";
}
