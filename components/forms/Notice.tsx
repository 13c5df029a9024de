import type { ComponentChildren } from "preact";
import { Check, CircleAlert } from "lucide-preact";

/** How a form post ended. `bad` is announced at once. */
export function Notice(
  { tone, children }: { tone: "bad" | "good"; children: ComponentChildren },
) {
  return (
    <div class={`notice ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      {tone === "bad"
        ? <CircleAlert size={16} aria-hidden="true" />
        : <Check size={16} aria-hidden="true" />}
      <span>{children}</span>
    </div>
  );
}
