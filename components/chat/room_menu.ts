import { type Panel, panel } from "./room_state.ts";

/** What stands beside a conversation when its menu is asked for it. */
export type Opens = Exclude<Panel["kind"], "thread">;

/** Opens what an item of the menu names, or closes it. */
export function open(what: string): void {
  const kind = what as Opens;
  panel.value = panel.peek()?.kind === kind ? null : { kind };
}
