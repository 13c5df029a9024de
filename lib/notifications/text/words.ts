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
