import { h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { asset } from "../build_id.ts";
import type { BuildCache } from "../build_cache.ts";
import { identify, withState } from "./hooks.ts";
import { outsideIsland } from "./islands.ts";
import { stringifyProps } from "./serialize.ts";
import type { RenderState } from "./state.ts";

/** Where a response carries the nonce of its page, for `csp()`. */
export const NONCE_SYMBOL: unique symbol = Symbol.for("fresh.nonce");

interface DocumentOptions {
  url: URL;
  init: ResponseInit;
  css: string[];
  basePath: string;
  buildCache: BuildCache<unknown>;
}

/** Renders a whole page: document, head, islands and the script for them. */
export function renderDocument(
  vnode: VNode,
  options: DocumentOptions,
): Response {
  const { buildCache, init } = options;
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const state: RenderState = {
    url: options.url,
    nonce,
    registry: buildCache.islandRegistry,
    hasHtml: false,
    islands: [],
    slots: [],
    headEntries: [],
    headNodes: [],
  };
  const body = withState(state, () => renderToString(vnode));
  const templates = renderHiddenSlots(state);
  const page = state.hasHtml
    ? body
    : `<html><head><meta charset="utf-8"/></head><body>${body}</body></html>`;
  const html = "<!DOCTYPE html>" + insert(
    mergeHead(page, state, stylesheets(options)),
    "</body>",
    templates + scripts(state, options) + (buildCache.devScript ?? ""),
  );

  const headers = new Headers(init.headers);
  if (!headers.has("Content-Type")) {
    headers.set("Content-Type", "text/html; charset=utf-8");
  }
  if (state.islands.length > 0) {
    headers.append("Link", preloads(state, options));
  }
  const response = new Response(html, { ...init, headers });
  Object.defineProperty(response, NONCE_SYMBOL, { value: nonce });
  return response;
}

/** JSX that an island was given and does not show yet; it may hold islands. */
function renderHiddenSlots(state: RenderState): string {
  let html = "";
  for (let i = 0; i < state.slots.length; i++) {
    const slot = state.slots[i]!;
    if (slot.rendered) continue;
    const content = withState(
      state,
      () => renderToString(outsideIsland(slot.children)),
    );
    html += `<template id="frsh-slot-${slot.id}">${content}</template>`;
  }
  return html;
}

function scripts(
  state: RenderState,
  { buildCache, basePath }: DocumentOptions,
): string {
  if (state.islands.length === 0) return "";
  const modules = [...new Set(state.islands.map(({ island }) => island))];
  const data = JSON.stringify({
    modules: modules.map((
      { file, exportName },
    ) => [basePath + file, exportName]),
    islands: state.islands.map(({ island }) => modules.indexOf(island)),
    slots: state.slots.length > 0,
    props: stringifyProps(state.islands),
  });
  // As data, it needs no nonce; `<` could end the script element.
  return `<script type="application/json" id="__FRSH_ISLANDS">${
    data.replaceAll("<", "\\u003c")
  }</script><script type="module" nonce="${state.nonce}" src="${
    basePath + buildCache.clientEntry
  }"></script>`;
}

function stylesheets({ css }: DocumentOptions): string {
  return css.map((href) =>
    `<link rel="stylesheet" href="${escape(asset(href))}">`
  ).join("");
}

/** Islands, and what they import: without it, that would load in a cascade. */
function preloads(
  state: RenderState,
  { basePath, buildCache }: DocumentOptions,
): string {
  const entries = [
    buildCache.clientEntry,
    ...state.islands.map(({ island }) => island.file),
  ];
  const files = new Set(entries);
  for (const entry of entries) {
    for (const file of buildCache.dependencies?.(entry) ?? []) files.add(file);
  }
  return [...files].map((file) =>
    `<${encodeURI(basePath + file)}>; rel="modulepreload"; as="script"`
  ).join(", ");
}

const MARKED = /<!--frsh:h(\d+)-->([\s\S]*?)<!--\/frsh:h\1-->/g;

/** Puts children of `<Head>` in the place of what they are the same as, or last. */
function mergeHead(page: string, state: RenderState, extras: string): string {
  const end = page.indexOf("</head>");
  if (end < 0) return page;
  const replaced = new Map<number, string>();
  const added = new Map<string, string>();
  state.headNodes.forEach((node, i) => {
    const tag = typeof node.type === "string" ? node.type : "";
    const key = node.key ?? null;
    const ids = identify(tag, node.props, key);
    const keyed = key === null ? node : h(node.type as string, {
      ...node.props,
      "data-key": String(key),
    }) as unknown as VNode;
    const html = withState(state, () => renderToString(keyed));
    const index = state.headEntries.findIndex((entry) =>
      entry.some((id) => ids.includes(id))
    );
    if (index >= 0) replaced.set(index, html);
    else added.set(ids[0] ?? `other:${i}`, html);
  });
  const head = page.slice(0, end).replace(
    MARKED,
    (_, index, content) => replaced.get(Number(index)) ?? content,
  );
  return head + [...added.values()].join("") + extras + page.slice(end);
}

function insert(page: string, before: string, html: string): string {
  const at = page.lastIndexOf(before);
  return at < 0 ? page + html : page.slice(0, at) + html + page.slice(at);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
