import {
  type ComponentChildren,
  createContext,
  Fragment,
  type FunctionComponent,
  h,
  isValidElement,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import type { Island } from "../types.ts";
import { comment, currentState, plain } from "./hooks.ts";
import { isSignal } from "./serialize.ts";
import { type Slot, SlotRef } from "./state.ts";

/** Only the outermost of nested islands is revived by itself. */
const InIsland = createContext(false);
const Provider = InIsland.Provider as FunctionComponent<
  { value: boolean; children?: ComponentChildren }
>;

type Props = Record<string, unknown>;

/** Stands for an island while a page is rendered, and marks where it is. */
export function IslandBoundary(given: { island: Island; props: Props }): VNode {
  const { island, props } = given;
  if (useContext(InIsland)) return plain(island.fn, props);
  const state = currentState();
  const index = state.islands.length;
  const sent: Props = {};
  const shown: Props = {};
  for (const [name, value] of Object.entries(props)) {
    if (!isSlot(name, value)) {
      sent[name] = shown[name] = value;
      continue;
    }
    const slot: Slot = {
      id: state.slots.length,
      children: value,
      rendered: false,
    };
    state.slots.push(slot);
    sent[name] = new SlotRef(slot.id);
    shown[name] = h(SlotBoundary, { slot });
  }
  state.islands.push({ island, props: sent });
  const root = plain(island.fn, shown);
  // Gives the island a number space of its own for `useId()`, here and there.
  (root as unknown as { __m: number[] }).__m = [index + 1, 0];
  return h(Fragment, null, [
    comment(`frsh:i${index}`),
    h(Provider, { value: true, children: root }),
    comment(`/frsh:i${index}`),
  ]);
}

function isSlot(name: string, value: unknown): boolean {
  if (typeof value === "function" || value === null || value === undefined) {
    return false;
  }
  if (typeof value === "boolean") return false;
  return name === "children" || isJsx(value) ||
    Array.isArray(value) && value.some(isJsx);
}

/** `isValidElement` also takes signals and objects without a prototype. */
function isJsx(value: unknown): boolean {
  return isValidElement(value) && "props" in (value as object) &&
    !isSignal(value as object);
}

/** What an island renders in the place of JSX that it was given. */
function SlotBoundary({ slot }: { slot: Slot }): VNode {
  slot.rendered = true;
  return h(Fragment, null, [
    comment(`frsh:s${slot.id}`),
    outsideIsland(slot.children),
    comment(`/frsh:s${slot.id}`),
  ]);
}

/** The page's JSX: islands in it are islands again. */
export function outsideIsland(children: unknown): VNode {
  return h(Provider, {
    value: false,
    children: children as ComponentChildren,
  }) as unknown as VNode;
}
