import { Avatar } from "../Avatar.tsx";
import { Time } from "../Time.tsx";
import type { DisputePerson, DisputeView } from "../../lib/disputes/view.ts";
import { useDisputeReader } from "../../lib/i18n/live_dispute.ts";

/** A dispute's state as a coloured word. */
export function StateChip({ state }: { state: DisputeView["state"] }) {
  const { t } = useDisputeReader();
  return (
    <span class="chip state" data-state={state}>
      {t(`dispute.state.${state}`)}
    </span>
  );
}

/** Where it stands, in a sentence or two. */
export function Standing({ dispute }: { dispute: DisputeView }) {
  const { t } = useDisputeReader();
  switch (dispute.state) {
    case "raised":
      return (
        <StandingBlock
          state="raised"
          title={t("dispute.raised.title")}
        >
          {dispute.may.escalate ? <p>{t("dispute.raised.ripe")}</p> : (
            <p>
              {t("dispute.raised.wait")}{" "}
              <strong>
                <Time at={dispute.respondBy} />
              </strong>
            </p>
          )}
        </StandingBlock>
      );
    case "escalated":
      return (
        <StandingBlock
          state="escalated"
          title={t(
            dispute.round > 1
              ? "dispute.escalated.again"
              : "dispute.escalated.title",
          )}
        >
          <progress
            max={dispute.jurorIds.length}
            value={dispute.voted}
            aria-label={t("dispute.escalated.progress", {
              voted: dispute.voted,
              jurors: dispute.jurorIds.length,
            })}
          />
          <p>
            <strong>
              {t("dispute.escalated.progress", {
                voted: dispute.voted,
                jurors: dispute.jurorIds.length,
              })}
            </strong>
            {" · "}
            {t("dispute.escalated.ends")} <Time at={dispute.deadline!} />
          </p>
          <p>{t("dispute.escalated.quorum", { quorum: dispute.quorum })}</p>
        </StandingBlock>
      );
    case "mediation":
      return (
        <StandingBlock state="mediation" title={t("dispute.mediation.title")}>
          <p>{t("dispute.mediation.body")}</p>
        </StandingBlock>
      );
    case "resolved":
      return <Resolved dispute={dispute} />;
    case "withdrawn":
      return (
        <StandingBlock state="withdrawn" title={t("dispute.withdrawn.title")}>
          <p>{t("dispute.withdrawn.body")}</p>
        </StandingBlock>
      );
  }
}

function Resolved({ dispute }: { dispute: DisputeView }) {
  const { t } = useDisputeReader();
  const { forId, by, votes, note, frivolous } = dispute.verdict!;
  const winner = forId === dispute.raiserId ? dispute.raiser : dispute.accused;
  const against = forId === dispute.raiserId
    ? dispute.accusedId
    : dispute.raiserId;
  const paid = forId !== dispute.clientId;
  return (
    <StandingBlock
      state="resolved"
      title={t("dispute.resolved.title", {
        name: winner?.name ?? t("dispute.somebody"),
      })}
    >
      <p>
        {by === "tribunal"
          ? t("dispute.resolved.tribunal", {
            pro: votes[forId] ?? 0,
            contra: votes[against] ?? 0,
          })
          : t("dispute.resolved.mediator")}
        {" · "}
        <Time at={dispute.endedAt!} />
      </p>
      <p>
        {t(paid ? "dispute.resolved.paid" : "dispute.resolved.denied")}{" "}
        {frivolous && t("dispute.resolved.frivolous")}
      </p>
      {note && <blockquote>{note}</blockquote>}
    </StandingBlock>
  );
}

function StandingBlock(
  { state, title, children }: {
    state: DisputeView["state"];
    title: string;
    children: preact.ComponentChildren;
  },
) {
  return (
    <section class="pane-block standing" data-state={state} role="status">
      <StateChip state={state} />
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Somebody with what they are in it. */
export function PanePerson(
  { person, role }: { person: DisputePerson | null; role?: string },
) {
  const { t } = useDisputeReader();
  if (!person) {
    return (
      <span class="person">
        <Avatar id="" name="?" size={28} />
        <span>{t("dispute.somebody")}</span>
      </span>
    );
  }
  return (
    <a class="person" href={`/people/${person.handle}`}>
      <Avatar id={person.id} name={person.name} size={28} />
      <span class="person-lines">
        <span>{person.name}</span>
        <small>
          {person.rank} · {t("dispute.trust", { trust: person.trust })}
        </small>
      </span>
      {role && <span class="chip">{role}</span>}
    </a>
  );
}

/** Evidence in the order given; it never changes. */
export function EvidenceList({ dispute }: { dispute: DisputeView }) {
  const { t } = useDisputeReader();
  const nameOf = (id: string) =>
    (id === dispute.raiserId ? dispute.raiser : dispute.accused)?.name ??
      t("dispute.somebody");
  if (dispute.pieces.length === 0) {
    return <p class="pane-quiet">{t("dispute.evidence.none")}</p>;
  }
  return (
    <ol class="dispute-evidence">
      {dispute.pieces.map((piece) => (
        <li key={piece.n} id={`evidence-${piece.n}`}>
          <p class="evidence-head">
            <span class="evidence-number">{piece.n}</span>
            <strong>{nameOf(piece.authorId)}</strong> <Time at={piece.at} />
          </p>
          <p class="evidence-text">{piece.text}</p>
          {piece.links.length > 0 && (
            <ul class="evidence-links">
              {piece.links.map((link) => (
                <li key={link}>
                  <a
                    href={link}
                    target="_blank"
                    rel="noopener noreferrer nofollow ugc"
                  >
                    {link.replace(/^https?:\/\//, "")}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

/** How the present jurors were drawn, for who wants to check it. */
export function DrawDetails({ dispute }: { dispute: DisputeView }) {
  const { t } = useDisputeReader();
  const draw = dispute.draws.findLast(({ round }) => round === dispute.round);
  if (!draw) return null;
  return (
    <details class="draw">
      <summary>{t("dispute.draw")}</summary>
      <p>{t("dispute.draw.body", { count: draw.eligible.length })}</p>
      <code>{draw.seed}</code>
    </details>
  );
}
