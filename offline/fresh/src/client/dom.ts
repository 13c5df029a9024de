import { type ComponentChildren, Fragment, h, type VNode } from "preact";

/** What the markers in a page say. */
export interface Page {
  /** Islands that are not inside of others, by number. */
  roots: Map<number, { start: Comment; end: Comment }>;
  /** JSX that islands were given, by number. */
  slots: Map<number, VNode | null>;
}

const ISLAND = /^frsh:i(\d+)$/;
const SLOT = /^frsh:s(\d+)$/;

/**
 * Finds islands and slots. What is in a slot becomes vnodes, because an island
 * may render it anywhere, or not at all.
 *
 * @param top Where to look
 * @param island Makes the vnode for an island in a slot
 * @param name Names an island in messages
 */
export function readPage(
  top: Node,
  island: (index: number) => VNode,
  name: (index: number) => string,
): Page {
  const page: Page = { roots: new Map(), slots: new Map() };

  /** Walks the page outside of islands. */
  function findRoots(first: Node | null): void {
    for (let node = first; node; node = node.nextSibling) {
      const index = marker(node, ISLAND);
      if (index === null) {
        findRoots(node.firstChild);
        continue;
      }
      const end = endOf(node as Comment);
      if (!end) {
        // A parser moves what may not be inside of `<p>`, for one.
        console.error(
          `The island ${name(index)} is lost: invalid HTML nesting around it`,
        );
        return;
      }
      page.roots.set(index, { start: node as Comment, end });
      findSlots(node.nextSibling, end);
      node = end;
    }
  }

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
      if (!page.slots.has(id)) page.slots.set(id, content);
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
        const index = marker(node, ISLAND);
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

  findRoots(top.firstChild);
  for (
    const template of document.querySelectorAll("template[id^=frsh-slot-]")
  ) {
    const id = Number(template.id.slice("frsh-slot-".length));
    page.slots.set(
      id,
      toFragment((template as HTMLTemplateElement).content.firstChild, null),
    );
  }
  return page;
}

function marker(node: Node, pattern: RegExp): number | null {
  if (node.nodeType !== Node.COMMENT_NODE) return null;
  const match = pattern.exec((node as Comment).data);
  return match ? Number(match[1]) : null;
}

function endOf(start: Comment): Comment | null {
  const text = `/${start.data}`;
  for (let node = start.nextSibling; node; node = node.nextSibling) {
    if (
      node.nodeType === Node.COMMENT_NODE && (node as Comment).data === text
    ) {
      return node as Comment;
    }
  }
  return null;
}

/**
 * What stands between two comments, as a parent that Preact can render into.
 */
export function rangeAsParent(start: Comment, end: Comment): Element {
  const parent = start.parentNode!;
  const insert = (node: Node, before: Node | null) =>
    parent.insertBefore(node, before ?? end);
  return {
    nodeType: Node.ELEMENT_NODE,
    // Preact looks here for the namespace: SVG or HTML.
    namespaceURI: (parent as Element).namespaceURI,
    ownerDocument: document,
    parentNode: parent,
    get firstChild() {
      return start.nextSibling === end ? null : start.nextSibling;
    },
    get childNodes() {
      const nodes: Node[] = [];
      for (
        let node = start.nextSibling;
        node && node !== end;
        node = node.nextSibling
      ) {
        nodes.push(node);
      }
      return nodes;
    },
    contains: (node: Node) => parent.contains(node),
    insertBefore: insert,
    appendChild: (node: Node) => insert(node, null),
    removeChild: (node: Node) => parent.removeChild(node),
  } as unknown as Element;
}
