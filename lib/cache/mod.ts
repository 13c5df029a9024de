export { type CacheOptions, createCache } from "./cache.ts";
export type { Answer, Cache, KeepOptions, Loader } from "./types.ts";
export {
  type CacheKey,
  defineKind,
  keyIn,
  type KeyOf,
  type Kind,
  type KindOptions,
} from "./kind.ts";
export {
  CACHE_KINDS,
  guildProfileKey,
  insightsKey,
  leaderboardKey,
  trendingKey,
  userProfileKey,
} from "./keys.ts";
export {
  cacheMetrics,
  type CacheSample,
  type CacheStats,
  type KindStats,
} from "./stats.ts";
export {
  type CacheOverview,
  type KindOverview,
  type Purge,
  purgeCache,
  readCache,
} from "./admin.ts";
