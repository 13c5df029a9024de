import { allows } from "../../lib/bounties/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyView } from "../../lib/pages/mod.ts";
import { Select } from "../forms/Select.tsx";

/** Taking a bounty on for a guild; or why the reader cannot. */
export function AcceptForm({ view }: { view: BountyView }) {
  const { t } = usePageReader();
  const { bounty, can, overdue, conflict } = view;
  const [only] = can.acceptFor;
  if (!allows(bounty, "accept")) return null;
  if (overdue) return <p class="quiet-text">{t("bounty.overdue")}</p>;
  // The client has other buttons.
  if (can.edit) return null;
  if (!only) {
    return (
      <p class="quiet-text">
        {t(conflict ? "bounty.conflict" : "bounty.leadersOnly")}
      </p>
    );
  }
  const single = can.acceptFor.length === 1;
  return (
    <form method="post" class="card panel">
      <h3>{t("bounty.acceptTitle")}</h3>
      <p>{t("bounty.acceptBody")}</p>
      {single ? <input type="hidden" name="guildId" value={only.id} /> : (
        <Select
          name="guildId"
          label={t("bounty.acceptFor")}
          options={can.acceptFor.map(({ id, name }) => ({
            value: id,
            text: name,
          }))}
        />
      )}
      <div class="form-actions">
        <button type="submit" class="button primary" name="do" value="accept">
          {single
            ? t("bounty.acceptAs", { guild: only.name })
            : t("bounty.accept")}
        </button>
      </div>
    </form>
  );
}
