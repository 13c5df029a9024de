import type { Words } from "./types.ts";

export const wordsEn: Words = {
  actions: {
    accept: "Accept",
    decline: "Decline",
    review: "Review",
    vote: "Vote",
    answer: "Give your side",
    reply: "Reply",
    look: "Have a look",
  },
  outcomes: {
    accepted: { you: "You accepted", other: "Accepted" },
    answered: { you: "You gave your side", other: "Answered" },
    cancelled: { you: "You cancelled it", other: "Cancelled" },
    closed: { you: "No longer open", other: "No longer open" },
    decided: { you: "You decided", other: "Decided" },
    declined: { you: "You declined", other: "Declined" },
    expired: { you: "Expired", other: "Expired" },
    resubmitted: { you: "You handed it in again", other: "Handed in again" },
    reviewed: { you: "You reviewed it", other: "Reviewed" },
    revoked: { you: "You took it back", other: "Taken back" },
    taken: { you: "You took it on", other: "Taken on by a guild" },
    voted: { you: "You voted", other: "The vote is over" },
    withdrawn: { you: "You withdrew it", other: "Withdrawn" },
  },
  mail: {
    open: "Open in Nexora",
    digest: (count) => `${count} notifications on Nexora`,
    digestLead: (name) => `${name}, this came while you were away:`,
    why: "You get this because your settings say so.",
    settings: "Notification settings",
    unsubscribe: "Stop these e-mails",
  },
  push: {
    waiting: (count) => `${count} notifications`,
    waitingBody: "They came during your quiet hours.",
  },
};

export const wordsDe: Words = {
  actions: {
    accept: "Annehmen",
    decline: "Ablehnen",
    review: "Prüfen",
    vote: "Abstimmen",
    answer: "Stellung nehmen",
    reply: "Antworten",
    look: "Ansehen",
  },
  outcomes: {
    accepted: { you: "Du hast angenommen", other: "Angenommen" },
    answered: { you: "Du hast Stellung genommen", other: "Beantwortet" },
    cancelled: { you: "Du hast abgesagt", other: "Abgesagt" },
    closed: { you: "Nicht mehr offen", other: "Nicht mehr offen" },
    decided: { you: "Du hast entschieden", other: "Entschieden" },
    declined: { you: "Du hast abgelehnt", other: "Abgelehnt" },
    expired: { you: "Abgelaufen", other: "Abgelaufen" },
    resubmitted: { you: "Du hast neu abgegeben", other: "Neu abgegeben" },
    reviewed: { you: "Du hast geprüft", other: "Geprüft" },
    revoked: { you: "Du hast es zurückgenommen", other: "Zurückgenommen" },
    taken: { you: "Du hast übernommen", other: "Von einer Gilde übernommen" },
    voted: { you: "Du hast abgestimmt", other: "Abstimmung beendet" },
    withdrawn: { you: "Du hast zurückgezogen", other: "Zurückgezogen" },
  },
  mail: {
    open: "In Nexora öffnen",
    digest: (count) => `${count} Benachrichtigungen auf Nexora`,
    digestLead: (name) => `${name}, das kam, während du weg warst:`,
    why: "Du bekommst das, weil deine Einstellungen es so vorsehen.",
    settings: "Einstellungen für Benachrichtigungen",
    unsubscribe: "Diese E-Mails abbestellen",
  },
  push: {
    waiting: (count) => `${count} Benachrichtigungen`,
    waitingBody: "Sie kamen während deiner Ruhezeit.",
  },
};
