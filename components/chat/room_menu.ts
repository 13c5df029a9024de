import { type Panel, panel, type Question, question } from "./room_state.ts";

/** What is asked in front of the conversation; the rest stands beside it. */
const ASKED = ["notices", "star", "date"] as const;

/** What the items of a room's menu open. */
export type Opens = Exclude<Panel["kind"], "thread"> | typeof ASKED[number];

/** Obeys the items of `RoomBar`, which name by `data-opens` what they open. Returns how to end it. */
export function obeyMenu(): () => void {
  const obey = ({ target }: MouseEvent) => {
    // The menu of the account names what it opens in the same way.
    const pressed = (target as Element).closest<HTMLElement>(
      ".room-menu [data-opens]",
    );
    if (!pressed) return;
    document.querySelector<HTMLElement>("#room-menu:popover-open")
      ?.hidePopover();
    open(pressed.dataset.opens!);
  };
  document.addEventListener("click", obey);
  return () => document.removeEventListener("click", obey);
}

/** What stands beside the conversation closes with the second press. */
function open(what: string): void {
  if ((ASKED as readonly string[]).includes(what)) {
    question.value = { kind: what } as Question;
  } else {
    panel.value = panel.peek()?.kind === what ? null : { kind: what } as Panel;
  }
}
