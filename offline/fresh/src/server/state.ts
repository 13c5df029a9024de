import type { VNode } from "preact";
import type { Island, ServerIslandRegistry } from "../types.ts";

/** JSX that a page gave to an island. */
export interface Slot {
  /** Names it in the markup. */
  id: number;
  /** What to render. */
  children: unknown;
  /** Whether the island rendered it. */
  rendered: boolean;
}

/** An island on a page. */
export interface IslandUse {
  island: Island;
  props: Record<string, unknown>;
}

/** What rendering a page finds out. */
export interface RenderState {
  url: URL;
  nonce: string;
  registry: ServerIslandRegistry;
  hasHtml: boolean;
  islands: IslandUse[];
  slots: Slot[];
  /** For each element of `<head>`, what identifies it. */
  headEntries: string[][];
  /** Children of `<Head>` components. */
  headNodes: VNode[];
}

/** In the place of JSX in the props that are sent to the browser. */
export class SlotRef {
  constructor(readonly id: number) {}
}
