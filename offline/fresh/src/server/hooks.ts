/**
 * What happens to each element while a page is rendered, by way of Preact's
 * option hooks.
 */
import {
  type ComponentType,
  Fragment,
  h,
  options,
  toChildArray,
  type VNode,
} from "preact";
import { asset, assetSrcSet } from "../build_id.ts";
import { Head } from "../head.ts";
import { IslandBoundary } from "./islands.ts";
import type { RenderState } from "./state.ts";

// deno-lint-ignore no-explicit-any -- vnodes are looked at from inside
type AnyNode = any;

let state: RenderState | null = null;

/** The state of the page that is being rendered. */
export function currentState(): RenderState {
  if (!state) throw new Error("Nothing is being rendered");
  return state;
}

/** Runs a synchronous render with the hooks at work. */
export function withState<T>(next: RenderState, render: () => T): T {
  const outer = state;
  state = next;
  try {
    return render();
  } finally {
    state = outer;
  }
}

/** A vnode that the hooks have already dealt with. */
const DONE = Symbol("fresh.done");

/** Creates an element that the hooks leave alone. */
export function plain(type: unknown, props: unknown): VNode {
  const vnode = h(type as string, props as null) as AnyNode;
  vnode[DONE] = true;
  return vnode;
}

/** A comment in the markup. */
export function comment(text: string): VNode {
  return h(Fragment, { UNSTABLE_comment: text } as AnyNode);
}

const internals = options as unknown as { __b?: (vnode: VNode) => void };
const before = internals.__b;
internals.__b = (vnode: VNode) => {
  if (state) visit(vnode as AnyNode, state);
  before?.(vnode);
};

function visit(vnode: AnyNode, state: RenderState): void {
  if (vnode[DONE]) return;
  const { type, props } = vnode;
  if (typeof type === "string") {
    visitElement(vnode, type, props, state);
  } else if (type === Head) {
    vnode.type = CollectHead;
  } else if (typeof type === "function") {
    const island = state.registry.get(type as ComponentType);
    if (!island) return;
    vnode.type = IslandBoundary;
    vnode.props = { island, props };
    // A vnode that is rendered again, for another page, is no longer the island's.
    vnode[DONE] = true;
  }
}

const HEAD_ENTRIES = new Set([
  "title",
  "meta",
  "link",
  "style",
  "script",
  "base",
  "template",
  "noscript",
]);

function visitElement(
  vnode: AnyNode,
  tag: string,
  given: AnyNode,
  state: RenderState,
): void {
  let props = given;
  const set = (more: Record<string, unknown>) => {
    vnode.props = props = { ...props, ...more };
  };
  switch (tag) {
    case "html":
      state.hasHtml = true;
      return;
    case "img":
    case "source":
      if (props["data-fresh-disable-lock"]) return;
      if (typeof props.src === "string") set({ src: asset(props.src) });
      if (typeof props.srcset === "string") {
        set({ srcset: assetSrcSet(props.srcset) });
      }
      if (typeof props.srcSet === "string") {
        set({ srcSet: assetSrcSet(props.srcSet) });
      }
      return;
    case "a":
      if (typeof props.href === "string") set(currentLink(props, state.url));
      return;
    case "script":
    case "style":
      // A vnode kept between requests carries the nonce of an earlier one.
      if (!props.nonce || props.nonce === vnode.__nonce) {
        set({ nonce: vnode.__nonce = state.nonce });
      }
  }
  if (HEAD_ENTRIES.has(tag) && isInHead(vnode)) {
    if (vnode.key != null) set({ "data-key": String(vnode.key) });
    vnode.type = HeadEntry;
    vnode.props = { tag, props, entryKey: vnode.key };
    vnode[DONE] = true;
  }
}

/** Marks links to this page, and to pages it is below, for CSS and readers. */
function currentLink(props: AnyNode, url: URL): Record<string, unknown> {
  const { href } = props;
  if (!href.startsWith("/") || href.startsWith("//")) return {};
  const path = trim(href.split(/[?#]/)[0]);
  const here = trim(url.pathname);
  if (path === here) {
    return {
      "data-current": "true",
      "aria-current": props["aria-current"] ?? "page",
    };
  }
  if (here.startsWith(path === "/" ? path : path + "/")) {
    return {
      "data-ancestor": "true",
      "aria-current": props["aria-current"] ?? "true",
    };
  }
  return {};
}

function trim(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}

function isInHead(vnode: AnyNode): boolean {
  let parent = vnode.__;
  while (parent && typeof parent.type !== "string") parent = parent.__;
  return parent?.type === "head";
}

/** An element of `<head>`, marked so that a `<Head>` further down can replace it. */
function HeadEntry(
  given: { tag: string; props: AnyNode; entryKey: unknown },
): VNode {
  const { tag, props, entryKey } = given;
  const { headEntries } = currentState();
  const index = headEntries.push(identify(tag, props, entryKey)) - 1;
  return h(Fragment, null, [
    comment(`frsh:h${index}`),
    plain(tag, props),
    comment(`/frsh:h${index}`),
  ]);
}

/** The ways in which an element of `<head>` can be the same as another. */
export function identify(tag: string, props: AnyNode, key: unknown): string[] {
  if (tag === "title") return ["title"];
  const ids = [];
  if (key != null) ids.push(`key:${key}`);
  if (props.id) ids.push(`id:${props.id}`);
  if (tag === "meta" && props.name) ids.push(`meta:${props.name}`);
  // A page may have many stylesheets, but has one canonical URL.
  if (
    tag === "link" &&
    !/stylesheet|preload|preconnect|icon/.test(props.rel ?? "")
  ) {
    ids.push(`link:${props.rel}`);
  }
  return ids;
}

/** What `<Head>` is on the server: it renders nothing in its place. */
function CollectHead({ children }: { children?: AnyNode }): null {
  collect(children, currentState());
  return null;
}

function collect(children: AnyNode, state: RenderState): void {
  for (const child of toChildArray(children) as AnyNode[]) {
    if (child?.type === Fragment) collect(child.props.children, state);
    else if (typeof child === "object" && child !== null) {
      state.headNodes.push(child);
    }
  }
}
