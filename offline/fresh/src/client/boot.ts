/**
 * Runs in the browser, on pages with islands: loads the modules of the islands
 * on the page and renders each over what the server sent.
 */
import { type ComponentType, Fragment, h, render, type VNode } from "preact";
import { endOf, findRoots, islandAt, marker, rangeAsParent } from "./dom.ts";
import { parse } from "./parse.ts";

interface Data {
  /** URL and name of each component. */
  modules: [url: string, name: string][];
  /** For each island on the page, which component it is. */
  islands: number[];
  /** Whether islands were given JSX. */
  slots: boolean;
  /** See `parse.ts`. */
  props: string;
}

const TOOLS = { h, Fragment, marker, endOf, islandAt };
export type Tools = typeof TOOLS;

const script = document.getElementById("__FRSH_ISLANDS");
if (script) await revive(JSON.parse(script.textContent!));

async function revive(data: Data): Promise<void> {
  const components = await Promise.all(data.modules.map(load));
  let props: Record<string, unknown>[] = [];
  const island = (index: number): VNode => {
    const vnode: unknown = h(Nested, { index });
    (vnode as { __m: number[] }).__m = [index + 1, 0];
    return vnode as VNode;
  };
  /** An island inside a slot: its props are known when it renders. */
  function Nested({ index }: { index: number }): VNode | null {
    const component = components[data.islands[index]!];
    return component ? h(component, props[index]!) : null;
  }
  const roots = findRoots(
    document.body,
    (index) => data.modules[data.islands[index]!]!.join("#"),
  );
  const slots = data.slots
    ? (await import("./slots.ts")).readSlots(TOOLS, roots, island)
    : null;
  props = parse(data.props, (id) => slots?.get(id)) as typeof props;
  for (const [index, { start, end }] of roots) {
    if (!components[data.islands[index]!]) continue;
    // `render`, not `hydrate`: attributes may differ between server and browser.
    render(island(index), rangeAsParent(start, end));
  }
}

/** One island that cannot be loaded leaves the others alive. */
async function load(
  [url, name]: [string, string],
): Promise<ComponentType<Record<string, unknown>> | null> {
  try {
    return (await import(url))[name];
  } catch (error) {
    console.error(`Could not load the island ${name} from ${url}`, error);
    return null;
  }
}
