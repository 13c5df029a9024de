import { usePageReader } from "../../lib/i18n/mod.ts";
import { Star } from "lucide-preact";

/** A rating of 1–5. */
export function Stars({ rating }: { rating: number }) {
  const { t } = usePageReader();
  const label = t("bounty.stars", { count: rating });
  return (
    <span class="stars" role="img" aria-label={label} title={label}>
      {[1, 2, 3, 4, 5].map((n) => (
        <Star
          key={n}
          size={14}
          class={n <= rating ? "star lit" : "star"}
          aria-hidden="true"
        />
      ))}
    </span>
  );
}
