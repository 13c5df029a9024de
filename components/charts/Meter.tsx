/**
 * How much of something there is, 0–1; `goal`: it can be reached, and then looks so. Beside it stand the numbers, so it
 * is hidden from who hears them.
 */
export function Meter({ done, goal }: { done: number; goal?: boolean }) {
  const share = Math.round(Math.min(1, Math.max(0, done)) * 1_000) / 10;
  return (
    <svg
      class="meter"
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="meter-ground" width="100" height="4" />
      <rect
        class={goal && share >= 100 ? "meter-done full" : "meter-done"}
        width={share}
        height="4"
      />
    </svg>
  );
}
