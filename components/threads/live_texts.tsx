import "../core.ts";
import { hydrate } from "preact";
import { MessageText } from "../chat/MessageText.tsx";

/** Brings to life what the server has drawn of messages with code or with `:names:` of emoji. */
export function enliven(): void {
  for (
    const place of document.querySelectorAll<HTMLElement>("[data-words]")
  ) {
    hydrate(<MessageText content={place.dataset.words!} />, place);
  }
}
