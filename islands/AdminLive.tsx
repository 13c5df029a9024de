import "../components/core.ts";
import { useEffect } from "preact/hooks";
import { LIVE_ID } from "../components/admin/live_id.ts";
import type { LiveViewProps } from "../components/admin/LiveView.tsx";
import { holdPresses } from "../components/hold_presses.ts";

/**
 * Makes the admins' live view live. The server has drawn it as it was, its forms post: so the view's own script is no
 * part of what the page waits for, it comes behind the rest.
 */
export default function AdminLive(props: LiveViewProps) {
  useEffect(() => {
    const place = document.getElementById(LIVE_ID)!;
    const presses = holdPresses(place, () => {});
    import("../components/admin/LiveView.tsx").then(
      ({ showLive }) => showLive(place, props),
      () => {},
    ).then(presses.release);
  }, []);
  return null;
}
