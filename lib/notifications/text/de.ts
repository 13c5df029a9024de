import type { Texts } from "./types.ts";

const REVIEWS = {
  accepted: "Deine Arbeit wurde angenommen",
  changes: "Der Auftraggeber bittet um Änderungen",
  rejected: "Deine Arbeit wurde abgelehnt",
};

const DISPUTES = {
  won: "Der Streit wurde für dich entschieden",
  lost: "Der Streit wurde gegen dich entschieden",
  withdrawn: "Der Streit wurde zurückgezogen",
};

export const de: Texts = {
  bounty_matched: {
    title: (d) => `Ein Auftrag für dich: ${d.bountyTitle}`,
    body: (d) => d.reason ?? "Er passt zu deinen Fähigkeiten.",
  },
  bounty_accepted: {
    title: (d) => `${d.guildName} übernimmt deinen Auftrag`,
    body: (d) => d.bountyTitle,
  },
  bounty_submitted: {
    title: (d) => `${d.guildName} hat die Arbeit abgegeben`,
    body: (d) => `${d.bountyTitle} wartet auf deine Prüfung.`,
  },
  bounty_reviewed: {
    title: (d) => REVIEWS[d.outcome],
    body: (d) =>
      d.rating ? `${d.bountyTitle}: ${d.rating} von 5 Sternen` : d.bountyTitle,
  },
  bounty_completed: {
    title: (d) => `${d.bountyTitle} ist abgeschlossen`,
    body: (d, f) => `${f.number(d.amount)} Credits wurden ausgezahlt.`,
  },
  bounty_closed: {
    title: (d) =>
      d.ending === "expired"
        ? `${d.bountyTitle} ist abgelaufen`
        : `${d.bountyTitle} wurde abgesagt`,
    body: (d) =>
      d.note ??
        (d.ending === "expired"
          ? "Die Frist verstrich, bevor Arbeit abgegeben wurde."
          : "Der Auftraggeber hat es abgesagt."),
  },
  guild_applied: {
    title: (d) => `${d.userName} bewirbt sich bei ${d.guildName}`,
    body: (d) => `@${d.userHandle} wartet auf eine Antwort.`,
  },
  guild_application_accepted: {
    title: (d) => `Willkommen bei ${d.guildName}`,
    body: () => "Deine Bewerbung wurde angenommen.",
  },
  guild_application_rejected: {
    title: (d) => `${d.guildName} hat deine Bewerbung abgelehnt`,
    body: (d) =>
      d.reason ?? "Du kannst dich jederzeit bei anderen Gilden bewerben.",
  },
  guild_invite: {
    title: (d) => `${d.inviterName} lädt dich zu ${d.guildName} ein`,
    body: () => "Sieh dich um und entscheide, ob du beitrittst.",
  },
  guild_member_joined: {
    title: (d, f) =>
      (d.count ?? 1) > 1
        ? `${f.number(d.count!)} Leute sind ${d.guildName} beigetreten`
        : `${d.userName} ist ${d.guildName} beigetreten`,
    body: (d, f) => {
      const others = (d.count ?? 1) - 1;
      if (others < 1) return `Sag @${d.userHandle} Hallo.`;
      return others === 1
        ? `${d.userName} und eine weitere Person.`
        : `${d.userName} und ${f.number(others)} weitere.`;
    },
  },
  guild_promoted: {
    title: (d) =>
      d.role === "owner"
        ? `${d.guildName} gehört jetzt dir`
        : `Du bist jetzt Offizier von ${d.guildName}`,
    body: (d) =>
      d.role === "owner"
        ? "Dir wurde die Leitung übertragen."
        : "Du kannst Leute einladen und für Ordnung sorgen.",
  },
  dispute_raised: {
    title: (d) => `${d.raisedBy} hat einen Streitfall eröffnet`,
    body: (d) => `Es geht um ${d.bountyTitle}.`,
  },
  dispute_resolved: {
    title: (d) => DISPUTES[d.result],
    body: (d) => `Der Streit um ${d.bountyTitle} ist beigelegt.`,
  },
  dispute_mediation: {
    title: () => "Ein Streit wartet auf einen Admin",
    body: (d) => `Kein Tribunal kam zu einem Urteil über ${d.bountyTitle}.`,
  },
  tribunal_vote_needed: {
    title: () => "Deine Stimme wird gebraucht",
    body: (d, f) =>
      `Das Tribunal zu ${d.bountyTitle} endet am ${f.date(d.deadline)}.`,
  },
  message_mention: {
    title: (d) =>
      d.mentioned === "you"
        ? `${d.authorName} hat dich in ${d.roomName} erwähnt`
        : `${d.authorName} hat @${d.mentioned} in ${d.roomName} erwähnt`,
    body: (d) => d.excerpt,
  },
  room_message: {
    title: (d, f) =>
      (d.count ?? 1) > 1
        ? `${f.number(d.count!)} Nachrichten in ${d.roomName}`
        : `${d.authorName} hat in ${d.roomName} geschrieben`,
    body: (d) => d.excerpt,
  },
  direct_message: {
    title: (d, f) =>
      (d.count ?? 1) > 1
        ? `${f.number(d.count!)} Nachrichten von ${d.authorName}`
        : `${d.authorName} hat dir geschrieben`,
    body: (d) => d.excerpt,
  },
  announcement: { title: (d) => d.title, body: (d) => d.body },
  oracle_alert: {
    title: (d) =>
      d.cases === 1
        ? `Kritisch: ${d.kind.replaceAll("_", " ")}`
        : `${d.cases} neue kritische Fälle`,
    body: (d) => d.reason,
  },
  rank_changed: {
    title: (d) =>
      d.direction === "up"
        ? `Du bist jetzt ${d.to}`
        : `Dein Rang ist jetzt ${d.to}`,
    body: (d) =>
      d.direction === "up"
        ? `Aufgestiegen von ${d.from}. Glückwunsch.`
        : `Vorher warst du ${d.from}.`,
  },
};
