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
import { currentLink } from "./current_link.ts";
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

/** What a vnode was before a hook changed it. */
const GIVEN = Symbol("fresh.given");

/**
 * Changes a vnode for this render. An app may keep a vnode and render it for
 * many requests, so what it was is kept as well.
 */
function change(vnode: AnyNode, type: unknown, props: unknown): void {
  vnode[GIVEN] ??= { type: vnode.type, props: vnode.props };
  vnode.type = type;
  vnode.props = props;
}

function visit(vnode: AnyNode, state: RenderState): void {
  if (vnode[DONE]) return;
  if (vnode[GIVEN]) Object.assign(vnode, vnode[GIVEN]);
  const { type, props } = vnode;
  if (typeof type === "string") {
    visitElement(vnode, type, props, state);
  } else if (type === Head) {
    change(vnode, CollectHead, props);
  } else if (typeof type === "function") {
    const island = state.registry.get(type as ComponentType);
    if (island) change(vnode, IslandBoundary, { island, props });
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
  props: AnyNode,
  state: RenderState,
): void {
  if (tag === "html") state.hasHtml = true;
  let changed = attributes(tag, props, state);
  if (!HEAD_ENTRIES.has(tag) || !isInHead(vnode)) {
    if (changed) change(vnode, tag, { ...props, ...changed });
    return;
  }
  const { key } = vnode;
  if (key != null) changed = { ...changed, "data-key": String(key) };
  change(vnode, HeadEntry, {
    tag,
    props: { ...props, ...changed },
    entryKey: key,
  });
}

/** Attributes to add to an element. */
function attributes(
  tag: string,
  props: AnyNode,
  state: RenderState,
): Record<string, unknown> | null {
  switch (tag) {
    case "img":
    case "source": {
      if (props["data-fresh-disable-lock"]) return null;
      const changed: Record<string, unknown> = {};
      if (typeof props.src === "string") changed.src = asset(props.src);
      for (const name of ["srcset", "srcSet"]) {
        if (typeof props[name] === "string") {
          changed[name] = assetSrcSet(props[name]);
        }
      }
      return changed;
    }
    case "a":
      return currentLink(props, state.url);
    case "script":
    case "style":
      return props.nonce ? null : { nonce: state.nonce };
  }
  return null;
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
