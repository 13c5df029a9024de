/** Where islands are that are not inside of others, by number. */
export type Roots = Map<number, { start: Comment; end: Comment }>;

const ISLAND = /^frsh:i(\d+)$/;

/**
 * Finds islands.
 *
 * @param top Where to look
 * @param name Names an island in messages
 */
export function findRoots(top: Node, name: (index: number) => string): Roots {
  const roots: Roots = new Map();
  function walk(first: Node | null): void {
    for (let node = first; node; node = node.nextSibling) {
      const index = marker(node, ISLAND);
      if (index === null) {
        walk(node.firstChild);
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
      roots.set(index, { start: node as Comment, end });
      node = end;
    }
  }
  walk(top.firstChild);
  return roots;
}

/** The number of the island that begins here. */
export const islandAt = (node: Node): number | null => marker(node, ISLAND);

export function marker(node: Node, pattern: RegExp): number | null {
  if (node.nodeType !== Node.COMMENT_NODE) return null;
  const match = pattern.exec((node as Comment).data);
  return match ? Number(match[1]) : null;
}

/** The end of what `start` begins. */
export function endOf(start: Comment): Comment | null {
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
