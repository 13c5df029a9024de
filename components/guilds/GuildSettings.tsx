import type {
  Applicant,
  Guild,
  Invited,
  Member,
} from "../../lib/guilds/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type {
  FormFailure,
  Frame,
  GuildFormChoice,
} from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Field } from "../forms/Field.tsx";
import { Notice } from "../forms/Notice.tsx";
import { Shell } from "../shell/Shell.tsx";
import { ApplicationsPart } from "./ApplicationsPart.tsx";
import { GuildNav } from "./GuildNav.tsx";
import { InvitationsPart } from "./InvitationsPart.tsx";
import { MembersPart } from "./MembersPart.tsx";

/** Which form was refused: it says so itself. */
export type GuildForm = GuildFormChoice["form"];

export type GuildFailure = FormFailure & { form: GuildForm };

export interface GuildSettingsProps {
  frame: Frame;
  guild: Guild;
  /** Gives roles, hands over and ends the guild. */
  owns: boolean;
  applications: Applicant[];
  invitations: Invited[];
  members: Member[];
  /** Where the next members begin. */
  cursor: string | null;
  failure: GuildFailure | null;
  flash: string | null;
}

/** Where those who lead a guild lead it. */
export function GuildSettings(props: GuildSettingsProps) {
  const { frame, guild, owns, applications, failure, flash } = props;
  const path = `/guilds/${guild.id}/settings`;
  const of = (...forms: GuildForm[]) =>
    failure && forms.includes(failure.form) ? failure : null;
  return (
    <Shell
      frame={frame}
      title={guild.name}
      mark={<Avatar id={guild.id} name={guild.name} size={24} square />}
      flash={flash}
      narrow
      actions={
        <GuildNav
          guildId={guild.id}
          here="settings"
          inside
          leads
          waiting={applications.length}
        />
      }
    >
      <div class="settings guild-settings">
        <ApplicationsPart
          path={path}
          guild={guild}
          applications={applications}
          failure={of("accept", "reject")}
        />
        <InvitationsPart
          path={path}
          invitations={props.invitations}
          failure={of("invite", "revoke")}
        />
        <MembersPart
          path={path}
          guild={guild}
          me={frame.me}
          owns={owns}
          members={props.members}
          cursor={props.cursor}
          failure={of("role", "remove")}
        />
        <ProfilePart path={path} guild={guild} failure={of("edit")} />
        {owns && <EndPart path={path} guild={guild} failure={of("end")} />}
      </div>
    </Shell>
  );
}

export interface PartProps {
  path: string;
  failure: FormFailure | null;
}

function ProfilePart({ path, guild, failure }: PartProps & { guild: Guild }) {
  const { t } = usePageReader();
  const wrong = failure?.fields ?? {};
  const values = failure?.values ?? {
    name: guild.name,
    description: guild.description,
    skills: (guild.skills ?? []).join(", "),
  };
  return (
    <section class="section" aria-labelledby="guild-profile">
      <div class="section-head">
        <div>
          <h2 id="guild-profile">{t("guild.settings.profile")}</h2>
          <p>{t("guild.settings.profileLead")}</p>
        </div>
      </div>
      <form method="post" action={path} class="card form">
        {failure && <Notice tone="bad">{failure.message}</Notice>}
        <Field
          name="name"
          label={t("guild.settings.name")}
          value={values.name}
          wrong={wrong.name}
          maxLength={60}
          required
        />
        <Field
          name="description"
          label={t("guild.settings.about")}
          value={values.description}
          wrong={wrong.description}
          rows={4}
          maxLength={1000}
        />
        <Field
          name="skills"
          label={t("guild.settings.skills")}
          hint={t("guild.settings.skillsHint")}
          value={values.skills}
          wrong={wrong.skills}
        />
        <fieldset class="field entry-choices">
          <legend>{t("guild.settings.entry")}</legend>
          <label>
            <input
              type="radio"
              name="open"
              value="1"
              checked={guild.open}
            />
            {t("guild.settings.open")}
          </label>
          <label>
            <input
              type="radio"
              name="open"
              value="0"
              checked={!guild.open}
            />
            {t("guild.settings.closed")}
          </label>
        </fieldset>
        <div class="form-actions">
          <button
            type="submit"
            name="action"
            value="edit"
            class="button primary"
          >
            {t("guild.settings.save")}
          </button>
        </div>
      </form>
    </section>
  );
}

function EndPart({ path, guild, failure }: PartProps & { guild: Guild }) {
  const { t } = usePageReader();
  return (
    <section class="section" aria-labelledby="guild-end">
      <div class="section-head">
        <div>
          <h2 id="guild-end">{t("guild.end")}</h2>
          <p>{t("guild.end.lead")}</p>
        </div>
      </div>
      <form method="post" action={path} class="card form danger-card">
        {failure && !failure.fields.name && (
          <Notice tone="bad">{failure.message}</Notice>
        )}
        <div class="field">
          <label for="end-name">
            {t("guild.end.name", { name: guild.name })}
          </label>
          <input
            id="end-name"
            name="name"
            class="input"
            autoComplete="off"
            required
            aria-invalid={failure?.fields.name ? "true" : undefined}
            aria-describedby={failure?.fields.name ? "end-wrong" : undefined}
          />
          {failure?.fields.name && (
            <p class="wrong" id="end-wrong">{failure.fields.name}</p>
          )}
        </div>
        <div class="form-actions">
          <button
            type="submit"
            name="action"
            value="end"
            class="button danger"
          >
            {t("guild.end.submit")}
          </button>
        </div>
      </form>
    </section>
  );
}
