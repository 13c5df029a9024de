import {
  autoUpdate,
  computePosition,
  flip,
  offset,
  shift,
  size,
} from "@floating-ui/dom";

/**
 * Keeps a panel below the end of its button and within the window. Loaded when a panel opens for the first time: until
 * then, and should it never come, CSS has a place for it.
 *
 * @returns what ends it
 */
export function placePanel(
  button: HTMLElement,
  panel: HTMLElement,
): () => void {
  return autoUpdate(button, panel, async () => {
    const { x, y } = await computePosition(button, panel, {
      strategy: "fixed",
      placement: "bottom-end",
      middleware: [
        offset(6),
        flip(),
        shift({ padding: 8 }),
        size({
          padding: 8,
          apply: ({ availableHeight }) => {
            panel.style.maxHeight = `${Math.min(availableHeight, 640)}px`;
          },
        }),
      ],
    });
    Object.assign(panel.style, {
      left: `${x}px`,
      top: `${y}px`,
      right: "auto",
    });
  });
}
