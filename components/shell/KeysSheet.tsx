import "../core.ts";
import { useSwitcherReader } from "../../lib/i18n/live_switcher.ts";
import { Dialog } from "../chat/questions/Dialog.tsx";

/** Every key of the site, by place. */
const SHEET = [
  ["anywhere", [
    ["switcher", ["Ctrl", "K"]],
    ["next", ["Alt", "↓"]],
    ["previous", ["Alt", "↑"]],
    ["nextUnread", ["Alt", "Shift", "↓"]],
    ["previousUnread", ["Alt", "Shift", "↑"]],
    ["toasts", ["F8"]],
    ["sheet", ["?"]],
  ]],
  ["writing", [
    ["send", ["Enter"]],
    ["line", ["Shift", "Enter"]],
    ["editLast", ["↑"]],
    ["bold", ["Ctrl", "B"]],
    ["italic", ["Ctrl", "I"]],
    ["strike", ["Ctrl", "Shift", "X"]],
    ["code", ["Ctrl", "E"]],
    ["markRead", ["Esc"]],
  ]],
  ["message", [
    ["roam", ["↑", "↓"]],
    ["react", ["+"]],
    ["reply", ["R"]],
    ["quote", ["Q"]],
    ["quoted", ["G"]],
    ["forward", ["F"]],
    ["edit", ["E"]],
    ["pin", ["P"]],
    ["unread", ["U"]],
    ["link", ["L"]],
    ["menu", ["Enter"]],
    ["delete", ["Del"]],
  ]],
] as const;

/** The list of keys. */
export function KeysSheet({ close }: { close: () => void }) {
  const { t } = useSwitcherReader();
  return (
    <Dialog title={t("keys.title")} wide close={close}>
      {SHEET.map(([place, keys]) => (
        <section key={place}>
          <h3>{t(`keys.${place}`)}</h3>
          <dl class="keys">
            {keys.map(([what, names]) => (
              <div key={what}>
                <dt>{t(`keys.${what}`)}</dt>
                <dd>{names.map((name) => <kbd key={name}>{name}</kbd>)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
