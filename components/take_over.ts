import { render, type VNode } from "preact";

/**
 * Preact takes over what the server has drawn in `place`: the same elements stay. It takes away attributes that it has
 * not drawn itself, `open` among them: what somebody has opened meanwhile stays open.
 */
export function takeOver(vnode: VNode, place: HTMLElement): void {
  const opened = place.querySelectorAll<HTMLDetailsElement>("details[open]");
  render(vnode, place);
  for (const one of opened) one.open = true;
}
