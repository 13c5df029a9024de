import RelativeTime from "../../../islands/RelativeTime.tsx";
import { usePageReader } from "../../../lib/i18n/mod.ts";
import type { TrustRecord } from "../../../lib/users/mod.ts";

/** What moved somebody's trust; only they and admins see it. */
export function TrustChanges({ history }: { history: TrustRecord[] }) {
  const { t } = usePageReader();
  return (
    <ul class="card rows">
      {history.map(({ id, from, to, reason, link, at }) => (
        <li key={id} class="row">
          <span class={`delta ${to > from ? "up" : "down"}`}>
            {to > from ? "+" : "−"}
            {Math.abs(to - from)}
          </span>
          <div class="row-main">
            {link
              ? (
                <a class="row-link" href={link}>
                  {t(`trust.reason.${reason}`)}
                </a>
              )
              : t(`trust.reason.${reason}`)}
          </div>
          <RelativeTime class="row-side" at={at} />
        </li>
      ))}
    </ul>
  );
}
