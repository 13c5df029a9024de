import {
  type ComponentChildren,
  Fragment,
  h,
  render,
  type VNode,
} from "preact";
import { useEffect } from "preact/hooks";

/** Props of {@linkcode Head}. */
export interface HeadProps {
  /** Elements for the document's `<head>`. */
  children?: ComponentChildren;
}

/**
 * Adds to the document's `<head>`, or changes what is there: an element is the
 * same as another by `<title>`, `key`, `id`, `<meta name>` or `<link rel>`.
 */
export function Head({ children }: HeadProps): VNode | null {
  // Server rendering does not get here: it has a component of its own.
  useEffect(() => {
    const parsed = document.createElement("head");
    render(h(Fragment, null, withKeys(children)), parsed);
    for (const element of [...parsed.children]) apply(element);
    render(null, parsed);
  });
  return null;
}

/** Keys are not in the markup, but the server writes them as `data-key`. */
function withKeys(children: ComponentChildren): ComponentChildren {
  return ([children].flat(Infinity) as VNode[]).map((child) =>
    child?.key == null || typeof child.type !== "string"
      ? child
      : h(child.type, {
        ...child.props as object,
        "data-key": String(child.key),
      })
  );
}

function apply(element: Element): void {
  if (element.localName === "title") {
    document.title = element.textContent ?? "";
    return;
  }
  const same = find(element);
  if (!same) {
    document.head.append(element.cloneNode(true));
    return;
  }
  for (const { name } of [...same.attributes]) {
    if (!element.hasAttribute(name) && name !== "nonce") {
      same.removeAttribute(name);
    }
  }
  for (const { name, value } of element.attributes) {
    if (same.getAttribute(name) !== value) same.setAttribute(name, value);
  }
  // `innerHTML`, because the text of a `<template>` is not in its children.
  if (same.innerHTML !== element.innerHTML) same.innerHTML = element.innerHTML;
}

function find(element: Element): Element | null {
  const { localName } = element;
  const all = [...document.head.children].filter((other) =>
    other.localName === localName
  );
  const by = (name: string) => {
    const value = element.getAttribute(name);
    return value === null
      ? undefined
      : all.find((other) => other.getAttribute(name) === value);
  };
  const rel = element.getAttribute("rel") ?? "";
  return by("data-key") ?? by("id") ??
    (localName === "meta" ? by("name") : undefined) ??
    (localName === "link" && !/stylesheet|preload|preconnect|icon/.test(rel)
      ? by("rel")
      : undefined) ??
    null;
}
