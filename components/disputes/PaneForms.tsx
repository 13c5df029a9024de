import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { DisputeView } from "../../lib/disputes/view.ts";
import { useDisputeReader } from "../../lib/i18n/live_dispute.ts";

/** Sends what a form holds to the JSON API; the reason when it was refused. */
export type Send = (action: string, body: unknown) => Promise<string | null>;

interface PartProps {
  dispute: DisputeView;
  send: Send;
}

/** A form that posts to the page, or with scripts to the API without leaving it. */
function PaneForm(
  { dispute, action, bodyOf, send, children, quiet }: PartProps & {
    action: string;
    bodyOf?: (form: FormData) => unknown;
    quiet?: boolean;
    children: ComponentChildren;
  },
) {
  const { t } = useDisputeReader();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    setBusy(true);
    setFailure(null);
    const wrong = await send(action, bodyOf?.(new FormData(form)) ?? {});
    setBusy(false);
    if (wrong === null) form.reset();
    else setFailure(wrong);
  };
  return (
    <form
      method="post"
      action={`/disputes/${dispute.id}?action=${action}`}
      onSubmit={submit}
      class={quiet ? "pane-form quiet" : "pane-form"}
      aria-busy={busy}
    >
      {children}
      {failure !== null && (
        <p class="pane-wrong" role="alert">
          {t("dispute.failed", { reason: failure })}
        </p>
      )}
    </form>
  );
}

/** The two to choose from. */
function Sides({ dispute, name }: { dispute: DisputeView; name: string }) {
  const { t } = useDisputeReader();
  const sides = [
    { id: dispute.raiserId, person: dispute.raiser },
    { id: dispute.accusedId, person: dispute.accused },
  ];
  return (
    <div class="party-choices">
      {sides.map(({ id, person }) => (
        <label key={id} class="party-choice">
          <input
            type="radio"
            name={name}
            value={id}
            required
            defaultChecked={dispute.ownVote === id}
          />
          <span>
            {t("dispute.vote.for", {
              name: person?.name ?? t("dispute.somebody"),
            })}
          </span>
        </label>
      ))}
    </div>
  );
}

export function VoteForm({ dispute, send }: PartProps) {
  const { t } = useDisputeReader();
  const own = dispute.ownVote === dispute.raiserId
    ? dispute.raiser
    : dispute.accused;
  return (
    <section class="pane-block call" aria-labelledby="vote-title" id="vote">
      <h3 id="vote-title">{t("dispute.vote.title")}</h3>
      <p>
        {dispute.ownVote
          ? t("dispute.vote.done", { name: own?.name ?? t("dispute.somebody") })
          : t("dispute.vote.hint")}
      </p>
      <PaneForm
        dispute={dispute}
        send={send}
        action="vote"
        bodyOf={(form) => ({ forId: form.get("forId") })}
      >
        <fieldset>
          <legend class="unseen">{t("dispute.vote.title")}</legend>
          <Sides dispute={dispute} name="forId" />
        </fieldset>
        <button type="submit" class="button primary wide">
          {t(dispute.ownVote ? "dispute.vote.change" : "dispute.vote.cast")}
        </button>
      </PaneForm>
    </section>
  );
}

export function DecideForm({ dispute, send }: PartProps) {
  const { t } = useDisputeReader();
  return (
    <section class="pane-block call" aria-labelledby="decide-title">
      <h3 id="decide-title">{t("dispute.decide.title")}</h3>
      <PaneForm
        dispute={dispute}
        send={send}
        action="decide"
        bodyOf={(form) => ({
          forId: form.get("forId"),
          note: form.get("note"),
          frivolous: form.get("frivolous") === "1",
        })}
      >
        <fieldset>
          <legend class="unseen">{t("dispute.decide.title")}</legend>
          <Sides dispute={dispute} name="forId" />
        </fieldset>
        <div class="field">
          <label for="decide-note">{t("dispute.decide.note")}</label>
          <textarea
            id="decide-note"
            name="note"
            class="input"
            rows={3}
            minLength={20}
            maxLength={2000}
            required
          />
        </div>
        <label class="party-choice">
          <input type="checkbox" name="frivolous" value="1" />
          <span>{t("dispute.decide.frivolous")}</span>
        </label>
        <button type="submit" class="button primary wide">
          {t("dispute.decide.submit")}
        </button>
      </PaneForm>
    </section>
  );
}

export function EvidenceForm({ dispute, send }: PartProps) {
  const { t } = useDisputeReader();
  return (
    <details class="pane-more">
      <summary class="button small">{t("dispute.evidence.add")}</summary>
      <PaneForm
        dispute={dispute}
        send={send}
        action="evidence"
        bodyOf={(form) => ({
          text: form.get("text"),
          links: form.get("links"),
        })}
      >
        <div class="field">
          <label for="evidence-text">{t("dispute.evidence.text")}</label>
          <textarea
            id="evidence-text"
            name="text"
            class="input"
            rows={4}
            maxLength={4000}
            required
            aria-describedby="evidence-hint"
          />
          <p class="hint" id="evidence-hint">{t("dispute.evidence.stays")}</p>
        </div>
        <div class="field">
          <label for="evidence-links">{t("dispute.evidence.links")}</label>
          <textarea
            id="evidence-links"
            name="links"
            class="input"
            rows={2}
            aria-describedby="evidence-links-hint"
          />
          <p class="hint" id="evidence-links-hint">
            {t("dispute.evidence.linksHint")}
          </p>
        </div>
        <button type="submit" class="button small primary">
          {t("dispute.evidence.submit")}
        </button>
      </PaneForm>
    </details>
  );
}

/** What the parties can do about the course of it. */
export function Moves({ dispute, send }: PartProps) {
  const { t } = useDisputeReader();
  const { escalate, withdraw } = dispute.may;
  if (!escalate && !withdraw) return null;
  return (
    <div class="pane-moves">
      {escalate && (
        <PaneForm dispute={dispute} send={send} action="escalate">
          <button type="submit" class="button primary wide">
            {t("dispute.escalate")}
          </button>
        </PaneForm>
      )}
      {withdraw && (
        <details class="pane-more">
          <summary class="button small quiet">{t("dispute.withdraw")}</summary>
          <PaneForm dispute={dispute} send={send} action="withdraw">
            <p>{t("dispute.withdraw.sure")}</p>
            <button type="submit" class="button small danger">
              {t("dispute.withdraw")}
            </button>
          </PaneForm>
        </details>
      )}
    </div>
  );
}
