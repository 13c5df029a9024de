import { Clock, Mail } from "lucide-preact";
import RelativeTime from "../../islands/RelativeTime.tsx";
import type { Application, Guild, Invitation } from "../../lib/guilds/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure } from "../../lib/pages/mod.ts";
import { Field } from "../forms/Field.tsx";
import { Notice } from "../forms/Notice.tsx";
import { JoinButton } from "./GuildList.tsx";

export interface EntranceProps {
  guild: Guild;
  application: Application | null;
  invitation: Invitation | null;
  failure: FormFailure | null;
}

/** The way into a guild for who is not in it: an invitation, an application, or just a button. */
export function Entrance(
  { guild, application, invitation, failure }: EntranceProps,
) {
  const { t } = usePageReader();
  const action = `/guilds/${guild.id}/about`;
  const wrong = failure && !failure.fields.note && (
    <Notice tone="bad">{failure.message}</Notice>
  );
  if (invitation) {
    return (
      <section class="card entrance-card call" aria-labelledby="invited">
        <Mail size={20} strokeWidth={1.7} aria-hidden="true" />
        <div>
          <h2 id="invited">{t("guild.door.invited", { name: guild.name })}</h2>
          {invitation.note && <p class="prose">{invitation.note}</p>}
          <p class="quiet-text">
            {t("guild.door.until")} <RelativeTime at={invitation.expiresAt} />
          </p>
          {wrong}
          <form method="post" action={action} class="form-actions">
            <button
              type="submit"
              name="action"
              value="accept"
              class="button primary"
            >
              {t("guild.door.accept")}
            </button>
            <button type="submit" name="action" value="decline" class="button">
              {t("guild.door.decline")}
            </button>
          </form>
        </div>
      </section>
    );
  }
  if (application) {
    return (
      <section class="card entrance-card" aria-labelledby="waiting">
        <Clock size={20} strokeWidth={1.7} aria-hidden="true" />
        <div>
          <h2 id="waiting">{t("guild.door.waiting")}</h2>
          {application.note && <p class="prose">{application.note}</p>}
          <p class="quiet-text">
            {t("guild.door.sent")} <RelativeTime at={application.createdAt} />
          </p>
          {wrong}
          <form method="post" action={action}>
            <button
              type="submit"
              name="action"
              value="withdraw"
              class="button small"
            >
              {t("guild.door.withdraw")}
            </button>
          </form>
        </div>
      </section>
    );
  }
  if (guild.open) {
    return (
      <section class="card entrance-card">
        <div>
          {wrong}
          <p>{t("guild.door.join")}</p>
          <JoinButton guild={guild} large />
        </div>
      </section>
    );
  }
  return (
    <section class="card entrance-card" aria-labelledby="apply">
      <div>
        <h2 id="apply">{t("guild.door.apply", { name: guild.name })}</h2>
        <p class="quiet-text">{t("guild.door.applyLead")}</p>
        {wrong}
        <form method="post" action={action} class="form">
          <Field
            name="note"
            label={t("guild.door.note")}
            hint={t("guild.door.noteHint")}
            value={failure?.values.note}
            wrong={failure?.fields.note}
            rows={4}
            maxLength={1000}
          />
          <div class="form-actions">
            <button
              type="submit"
              name="action"
              value="apply"
              class="button primary"
            >
              {t("guild.door.submit")}
            </button>
          </div>
        </form>
      </div>
    </section>
  );
}
