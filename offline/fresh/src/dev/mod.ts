/**
 * The build and the dev server.
 *
 * @module
 */
export {
  Builder,
  type BuildOptions,
  type ResolvedBuildConfig,
} from "./builder.ts";
export type {
  OnTransformArgs,
  OnTransformOptions,
  TransformFn,
} from "./transform.ts";
