import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Shown } from "../../lib/ai/mod.ts";
import { Sparkles, TriangleAlert } from "lucide-preact";
import { Timed, WHEN, When } from "../bounties/When.tsx";

/** Who answered, when, why not the other one, and whether it is old. */
export function Provenance({ shown }: { shown: Shown<unknown> }) {
  const { t } = usePageReader();
  const { engine, model, because, stale, at } = shown;
  return (
    <footer class="provenance">
      {stale && (
        <p class="provenance-stale">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            <Timed text={t("ai.stale", { when: WHEN })} at={at} />
          </span>
        </p>
      )}
      <p>
        <Sparkles size={14} aria-hidden="true" />
        <span>
          {because
            ? t(`ai.because.${because}`)
            : engine === "model"
            ? t("ai.model", { model: model ?? "" })
            : t("ai.local")} · {t("ai.asOf")} <When at={at} />
        </span>
      </p>
    </footer>
  );
}
