/** Loaded on pages where islands were given JSX. */
import type { ComponentChildren, VNode } from "preact";
import type { Tools } from "./boot.ts";
import type { Roots } from "./dom.ts";

const SLOT = /^frsh:s(\d+)$/;

/**
 * Finds the JSX that islands were given, by number. What is in a slot becomes vnodes, because an island may render it
 * anywhere, or not at all.
 *
 * @param tools What the page has loaded; imported here, it would have to be in files of its own
 * @param island Makes the vnode for an island in a slot
 */
export function readSlots(
  { h, Fragment, marker, endOf, islandAt }: Tools,
  roots: Roots,
  island: (index: number) => VNode,
): Map<number, VNode | null> {
  const slots = new Map<number, VNode | null>();

  /** Walks what an island has rendered. */
  function findSlots(first: Node | null, stop: Node | null): void {
    for (let node = first; node && node !== stop; node = node.nextSibling) {
      const id = marker(node, SLOT);
      if (id === null) {
        findSlots(node.firstChild, null);
        continue;
      }
      const end = endOf(node as Comment);
      if (!end) return;
      const content = toFragment(node.nextSibling, end);
      // An island may show its slot twice; once is enough.
      if (!slots.has(id)) slots.set(id, content);
      node = end;
    }
  }

  /** `null` where there is nothing: a component may ask for `props.children`. */
  function toFragment(first: Node | null, stop: Node | null): VNode | null {
    const nodes = toVNodes(first, stop);
    return nodes.length > 0 ? h(Fragment, null, ...nodes) : null;
  }

  function toVNodes(
    first: Node | null,
    stop: Node | null,
  ): ComponentChildren[] {
    const nodes: ComponentChildren[] = [];
    for (let node = first; node && node !== stop; node = node.nextSibling) {
      if (node.nodeType === Node.TEXT_NODE) {
        nodes.push((node as Text).data);
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        nodes.push(toElement(node as Element));
      } else {
        const index = islandAt(node);
        const end: Comment | null = index === null
          ? null
          : endOf(node as Comment);
        if (index === null || !end) continue;
        findSlots(node.nextSibling, end);
        nodes.push(island(index));
        node = end;
      }
    }
    return nodes;
  }

  function toElement(element: Element): VNode {
    const props: Record<string, unknown> = {};
    for (const { name, value } of element.attributes) {
      // `checked=""` in markup is `checked={true}` in JSX.
      const isFlag = value === "" &&
        typeof (element as unknown as Record<string, unknown>)[name] ===
          "boolean";
      props[name] = isFlag ? true : value;
    }
    if (element instanceof HTMLTemplateElement) {
      props.dangerouslySetInnerHTML = { __html: element.innerHTML };
      return h(element.localName, props) as VNode;
    }
    const children = toVNodes(element.firstChild, null);
    return h(element.localName, props, ...children) as VNode;
  }

  for (const { start, end } of roots.values()) {
    findSlots(start.nextSibling, end);
  }
  for (
    const template of document.querySelectorAll("template[id^=frsh-slot-]")
  ) {
    const id = Number(template.id.slice("frsh-slot-".length));
    slots.set(
      id,
      toFragment((template as HTMLTemplateElement).content.firstChild, null),
    );
  }
  return slots;
}
