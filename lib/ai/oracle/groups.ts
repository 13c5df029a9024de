/** Small graph searches shared by the detectors of groups. Nodes are users' numbers. */

/** Joins things into sets. */
export class Sets {
  readonly #parent = new Map<number, number>();

  root(x: number): number {
    let r = x;
    for (
      let p = this.#parent.get(r);
      p !== undefined && p !== r;
      p = this.#parent.get(r)
    ) r = p;
    for (let y = x; y !== r;) {
      const next = this.#parent.get(y)!;
      this.#parent.set(y, r);
      y = next;
    }
    return r;
  }

  join(a: number, b: number): void {
    const ra = this.root(a), rb = this.root(b);
    this.#parent.set(ra, Math.min(ra, rb));
    this.#parent.set(rb, Math.min(ra, rb));
  }

  /** The sets that `members` fall into, each ascending. */
  of(members: Iterable<number>): number[][] {
    const sets = new Map<number, number[]>();
    for (const m of members) {
      const r = this.root(m);
      const set = sets.get(r);
      if (set) set.push(m);
      else sets.set(r, [m]);
    }
    return [...sets.values()].map((s) => s.sort((a, b) => a - b));
  }
}

/** Strongly connected components with two nodes or more: everybody in one can reach everybody else along the edges. */
export function strongComponents(edges: Map<number, number[]>): number[][] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const onStack = new Set<number>();
  const stack: number[] = [];
  const components: number[][] = [];
  let next = 0;
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const path: { node: number; edge: number }[] = [];
    const enter = (node: number) => {
      index.set(node, next);
      low.set(node, next++);
      stack.push(node);
      onStack.add(node);
      path.push({ node, edge: 0 });
    };
    enter(root);
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const to = edges.get(top.node)?.[top.edge++];
      if (to !== undefined) {
        if (!index.has(to)) enter(to);
        else if (onStack.has(to)) {
          low.set(top.node, Math.min(low.get(top.node)!, index.get(to)!));
        }
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent) {
        low.set(
          parent.node,
          Math.min(low.get(parent.node)!, low.get(top.node)!),
        );
      }
      if (low.get(top.node) === index.get(top.node)) {
        const component: number[] = [];
        let node: number;
        do {
          node = stack.pop()!;
          onStack.delete(node);
          component.push(node);
        } while (node !== top.node);
        if (component.length > 1) {
          components.push(component.sort((a, b) => a - b));
        }
      }
    }
  }
  return components;
}
