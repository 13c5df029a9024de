/**
 * What islands and pages may import, in the browser and on the server.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";
import { asset as assetUrl, assetSrcSet as assetUrls } from "./build_id.ts";

export { HttpError } from "./error.ts";
export { Head, type HeadProps } from "./head.ts";

/** Whether this runs in a browser. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/**
 * Adds the build's id to the URL of a static file, so that it can be cached for
 * a year.
 *
 * @param path A URL path; a URL on another origin is left alone
 */
export function asset(path: string): string {
  return assetUrl(path);
}

/** As {@linkcode asset}, for each URL of a `srcset` attribute. */
export function assetSrcSet(srcset: string): string {
  return assetUrls(srcset);
}

/** Props of {@linkcode Partial}. */
export interface PartialProps {
  /** What it holds. */
  children?: ComponentChildren;
  /** Its name. */
  name: string;
  /** How new content is applied. */
  mode?: "replace" | "prepend" | "append";
}

/** Renders its children. Client navigation is not implemented here. */
export function Partial(props: PartialProps): VNode {
  return props.children as VNode;
}
Partial.displayName = "Partial";
