import "../components/core.ts";
import { Time } from "../components/Time.tsx";

/** "5 min ago", kept true while the page stays open; the exact time in the title. `at` in milliseconds. */
export default function RelativeTime(props: { at: number; class?: string }) {
  return <Time {...props} />;
}
