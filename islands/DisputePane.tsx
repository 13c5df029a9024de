import "../components/core.ts";
import { useEffect } from "preact/hooks";
import type { PaneProps } from "../components/disputes/Pane.tsx";
import { holdPresses } from "../components/hold_presses.ts";

/**
 * Makes the pane beside a dispute's room live. The server has drawn it and its forms post: so its script comes behind
 * the room's. `place` is the id of what it is in.
 */
export default function DisputePane(
  { place: id, ...props }: PaneProps & { place: string },
) {
  useEffect(() => {
    const place = document.getElementById(id)!;
    const presses = holdPresses(place, () => {});
    import("../components/disputes/Pane.tsx").then(
      ({ showPane }) => showPane(place, props),
      () => {},
    ).then(presses.release);
  }, []);
  return null;
}
