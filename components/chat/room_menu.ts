import { type Panel, panel, type Question, question } from "./room_state.ts";

/** What is asked in front of the conversation; the rest stands beside it. */
const ASKED = ["notices", "star", "date"] as const;

/** What the items of a room's menu open. */
export type Opens = Exclude<Panel["kind"], "thread"> | typeof ASKED[number];

/** Opens what an item of the menu names; what stands beside the conversation closes with the second press. */
export function open(what: string): void {
  if ((ASKED as readonly string[]).includes(what)) {
    question.value = { kind: what } as Question;
  } else {
    panel.value = panel.peek()?.kind === what ? null : { kind: what } as Panel;
  }
}
