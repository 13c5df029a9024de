import "../core.ts";
import { useRef, useState } from "preact/hooks";
import {
  DrawDetails,
  EvidenceList,
  PanePerson,
  Standing,
} from "./PaneParts.tsx";
import {
  DecideForm,
  EvidenceForm,
  Moves,
  type Send,
  VoteForm,
} from "./PaneForms.tsx";
import type { DisputeView } from "../../lib/disputes/view.ts";
import { useDisputeReader } from "../../lib/i18n/live_dispute.ts";
import { useChannel } from "../../lib/realtime/client/hooks/channel.ts";
import { takeOver } from "../take_over.ts";

export interface PaneProps {
  initial: DisputeView;
}

/** What a dispute is about and where it stands, live, with what the reader can do. */
export function Pane({ initial }: PaneProps) {
  const { t } = useDisputeReader();
  const [dispute, setDispute] = useState(initial);
  const [stale, setStale] = useState(false);
  const newest = useRef(initial.revision);
  const path = `/api/disputes/${dispute.id}`;

  const show = (view: DisputeView) => {
    // Answers may overtake each other; a later revision is never replaced by an earlier one.
    if (view.revision < newest.current) return;
    newest.current = view.revision;
    setDispute(view);
    setStale(false);
  };
  const load = async () => {
    try {
      const response = await fetch(path);
      // Whoever may not look any more keeps what they saw; the room says that it is closed to them.
      if (!response.ok) return setStale(response.status >= 500);
      show((await response.json()).dispute);
    } catch {
      setStale(true);
    }
  };
  useChannel(`dispute-${dispute.id}`, {
    onEvent: ({ event }) => {
      if (event.startsWith("dispute:")) void load();
    },
    onExpired: () => void load(),
  });

  const send: Send = async (action, body) => {
    try {
      const response = await fetch(`${path}/${action}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const answer = await response.json();
      if (!response.ok) {
        const [field] = Object.values(answer.fields ?? {});
        return String(field ?? answer.detail ?? answer.title);
      }
      if (answer.dispute) show(answer.dispute);
      else await load();
      return null;
    } catch {
      return t("connection.offline");
    }
  };
  const part = { dispute, send };
  const clientRaised = dispute.clientId === dispute.raiserId;
  const role = (client: boolean) =>
    t(client ? "dispute.client" : "dispute.worker");
  return (
    <div class="dispute-pane">
      {stale && (
        <p class="pane-wrong" role="alert">
          {t("dispute.stale")}{" "}
          <button type="button" class="link-button" onClick={load}>
            {t("dispute.reload")}
          </button>
        </p>
      )}
      <Standing dispute={dispute} />
      {dispute.may.vote && (
        <VoteForm key={`${dispute.round}${dispute.ownVote}`} {...part} />
      )}
      {dispute.may.decide && <DecideForm {...part} />}
      <Moves {...part} />
      <section class="pane-part">
        <h2>{t("dispute.claim")}</h2>
        <a class="pane-bounty" href={`/bounties/${dispute.bountyId}`}>
          {dispute.bountyTitle}
        </a>
        <p class="pane-claim">{dispute.reason}</p>
      </section>
      <section class="pane-part">
        <h2>{t("dispute.parties")}</h2>
        <PanePerson person={dispute.raiser} role={role(clientRaised)} />
        <PanePerson person={dispute.accused} role={role(!clientRaised)} />
      </section>
      <section class="pane-part">
        <h2>
          {t("dispute.evidence")} <span>{dispute.pieces.length}</span>
        </h2>
        <EvidenceList dispute={dispute} />
        {dispute.may.giveEvidence && <EvidenceForm {...part} />}
      </section>
      {dispute.jurors.length > 0 && (
        <section class="pane-part">
          <h2>
            {t("dispute.jurors")} <span>{dispute.jurors.length}</span>
          </h2>
          {dispute.jurors.map((juror) => (
            <PanePerson key={juror.id} person={juror} />
          ))}
          <DrawDetails dispute={dispute} />
        </section>
      )}
    </div>
  );
}

/** Takes over what the server has drawn in `place`: the same elements, so nothing moves and the focus stays. */
export function showPane(place: HTMLElement, props: PaneProps): void {
  takeOver(<Pane {...props} />, place);
}
