import RelativeTime from "../../islands/RelativeTime.tsx";
import type { Invited } from "../../lib/guilds/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Field } from "../forms/Field.tsx";
import { Notice } from "../forms/Notice.tsx";
import type { PartProps } from "./GuildSettings.tsx";

/** Inviting people, and who has not answered yet. */
export function InvitationsPart(
  { path, invitations, failure }: PartProps & { invitations: Invited[] },
) {
  const { t } = usePageReader();
  return (
    <section class="section" aria-labelledby="guild-invitations">
      <div class="section-head">
        <div>
          <h2 id="guild-invitations">{t("guild.invitations")}</h2>
          <p>{t("guild.invitations.lead")}</p>
        </div>
      </div>
      <form method="post" action={path} class="card form">
        {failure && !failure.fields.handle && (
          <Notice tone="bad">{failure.message}</Notice>
        )}
        <div class="pair">
          <Field
            name="handle"
            label={t("guild.invitations.handle")}
            value={failure?.values.handle}
            wrong={failure?.fields.handle}
            maxLength={64}
            autocomplete="off"
            required
          />
          <Field
            name="note"
            label={t("guild.invitations.note")}
            value={failure?.values.note}
            wrong={failure?.fields.note}
            maxLength={300}
          />
        </div>
        <div class="form-actions">
          <button
            type="submit"
            name="action"
            value="invite"
            class="button primary"
          >
            {t("guild.invitations.send")}
          </button>
          {invitations.length === 0 && (
            <span class="quiet-text">{t("guild.invitations.none")}</span>
          )}
        </div>
      </form>
      {invitations.length > 0 && (
        <ul class="card rows after-form">
          {invitations.map(({ user, expiresAt }) => (
            <li key={user.id} class="row">
              <Avatar id={user.id} name={user.name} size={28} />
              <div class="row-main">
                <a href={`/people/${user.handle}`}>{user.name}</a>
                <p class="row-line">
                  @{user.handle} · {t("guild.invitations.ends")}{" "}
                  <RelativeTime at={expiresAt} />
                </p>
              </div>
              <form method="post" action={path}>
                <input type="hidden" name="userId" value={user.id} />
                <button
                  type="submit"
                  name="action"
                  value="revoke"
                  class="button small"
                  aria-label={t("guild.invitations.revokeNamed", {
                    name: user.name,
                  })}
                >
                  {t("guild.invitations.revoke")}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
