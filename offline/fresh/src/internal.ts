/**
 * What the code that a build generates imports.
 *
 * @module
 */
export { setBuildCache } from "./app.ts";
export { SnapshotCache } from "./build_caches.ts";
