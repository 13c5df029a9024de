import type { JSX, RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { replaceIn } from "./formatting.ts";
import { wishAt } from "./suggestion.ts";
import type { Wish } from "./suggestion.ts";
import type {
  Suggestion,
  SuggestionListProps,
} from "./popups/SuggestionList.tsx";

export interface Suggestions {
  /** To be called when the text or the caret has changed. */
  look: () => void;
  close: () => void;
  /** Whether the key was meant for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  list: JSX.Element | null;
  aria: Record<string, string | undefined>;
}

export const SUGGESTIONS_ID = "composer-suggestions";

/** Completes `@na` and `:na` in a text field. The list is loaded when it is first wanted. */
export function useSuggestions(
  field: RefObject<HTMLTextAreaElement>,
  channel: string,
  change: (text: string) => void,
): Suggestions {
  const [wish, setWish] = useState<Wish | null>(null);
  const [found, setFound] = useState<Suggestion[]>([]);
  const [chosen, setChosen] = useState(0);
  const [List, setList] = useState<
    { component: (props: SuggestionListProps) => JSX.Element } | null
  >(null);
  const turn = useRef(0);

  const close = () => {
    turn.current++;
    setWish(null);
    setFound([]);
  };
  const look = () => {
    const box = field.current;
    if (!box) return;
    const next = box.selectionStart === box.selectionEnd
      ? wishAt(box.value, box.selectionStart)
      : null;
    if (!next) return close();
    const mine = ++turn.current;
    setWish(next);
    import("./popups/SuggestionList.tsx").then(async (module) => {
      setList(() => ({ component: module.SuggestionList }));
      const found = await module.suggest(channel, next);
      // Somebody who types on wants what fits now.
      if (mine !== turn.current) return;
      setFound(found);
      setChosen(0);
    }).catch(close);
  };
  const take = (one: Suggestion) => {
    const box = field.current!;
    if (!wish) return;
    const end = wish.from + one.put.length + 1;
    replaceIn(box, {
      cut: [wish.from, wish.to],
      put: `${one.put} `,
      select: [end, end],
    });
    change(box.value);
    close();
  };
  const open = wish !== null && found.length > 0;
  return {
    look,
    close,
    onKeyDown(event) {
      if (!open) return false;
      const { length } = found;
      if (event.key === "ArrowDown") setChosen((chosen + 1) % length);
      else if (event.key === "ArrowUp") {
        setChosen((chosen + length - 1) % length);
      } else if (event.key === "Enter" || event.key === "Tab") {
        take(found[chosen]!);
      } else if (event.key === "Escape") close();
      else return false;
      event.preventDefault();
      return true;
    },
    list: open && List
      ? (
        <List.component
          id={SUGGESTIONS_ID}
          items={found}
          chosen={chosen}
          take={take}
        />
      )
      : null,
    aria: {
      "aria-autocomplete": "list",
      "aria-controls": open ? SUGGESTIONS_ID : undefined,
      "aria-activedescendant": open ? `${SUGGESTIONS_ID}-${chosen}` : undefined,
    },
  };
}
