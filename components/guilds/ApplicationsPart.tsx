import { Inbox } from "lucide-preact";
import RelativeTime from "../../islands/RelativeTime.tsx";
import type { Applicant, Guild } from "../../lib/guilds/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import { Notice } from "../forms/Notice.tsx";
import type { PartProps } from "./GuildSettings.tsx";

/** Who wants to come in, and the two answers. */
export function ApplicationsPart(
  { path, guild, applications, failure }: PartProps & {
    guild: Guild;
    applications: Applicant[];
  },
) {
  const { t } = usePageReader();
  return (
    <section class="section" aria-labelledby="guild-applications">
      <div class="section-head">
        <div>
          <h2 id="guild-applications">{t("guild.applications")}</h2>
          {applications.length > 1 && <p>{t("guild.applications.lead")}</p>}
        </div>
      </div>
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <div class="card rows">
        {applications.length === 0
          ? (
            <Empty
              icon={<Inbox size={22} strokeWidth={1.6} aria-hidden="true" />}
              title={t("guild.applications.none")}
              body={guild.open ? t("guild.applications.noneOpen") : undefined}
            />
          )
          : (
            <ul class="rows">
              {applications.map((one) => (
                <ApplicationRow key={one.userId} path={path} one={one} />
              ))}
            </ul>
          )}
      </div>
    </section>
  );
}

function ApplicationRow({ path, one }: { path: string; one: Applicant }) {
  const { t } = usePageReader();
  const { user, note, createdAt } = one;
  const reason = `reason-${user.id}`;
  return (
    <li class="petition">
      <Avatar {...user} size={36} />
      <div class="petition-main">
        <p class="petition-head">
          <a href={`/people/${user.handle}`}>{user.name}</a>
          <span>
            {user.rank} · {t("dispute.trust", { trust: user.trust })} ·{" "}
            <RelativeTime at={createdAt} />
          </span>
        </p>
        {note && <p class="prose">{note}</p>}
        <div class="petition-answers">
          <form method="post" action={path}>
            <input type="hidden" name="userId" value={user.id} />
            <button
              type="submit"
              name="action"
              value="accept"
              class="button small primary"
              aria-label={t("guild.applications.acceptNamed", {
                name: user.name,
              })}
            >
              {t("guild.applications.accept")}
            </button>
          </form>
          <details>
            <summary
              class="button small"
              aria-label={t("guild.applications.declineNamed", {
                name: user.name,
              })}
            >
              {t("guild.applications.decline")}
            </summary>
            <form method="post" action={path} class="petition-reason">
              <input type="hidden" name="userId" value={user.id} />
              <div class="field">
                <label for={reason}>{t("guild.applications.reason")}</label>
                <input
                  id={reason}
                  name="reason"
                  class="input"
                  maxLength={200}
                />
              </div>
              <button
                type="submit"
                name="action"
                value="reject"
                class="button small danger"
              >
                {t("guild.applications.reject")}
              </button>
            </form>
          </details>
        </div>
      </div>
    </li>
  );
}
