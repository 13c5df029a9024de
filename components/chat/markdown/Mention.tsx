import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** Who reads the message and who can be meant in it; without it every `@word` is drawn as somebody. */
export interface Mentionable {
  /** Handle of the reader. */
  me: string;
}

export const MentionContext = createContext<Mentionable | null>(null);

/** Names that stand for several people; see lib/messages. */
const GROUPS = new Set(["everyone", "officers"]);

/** Somebody who is meant: a chip, louder when it is the reader. */
export function Mention({ handle }: { handle: string }) {
  const me = useContext(MentionContext)?.me;
  if (GROUPS.has(handle)) return <span class="mention group">@{handle}</span>;
  return (
    <a
      class={handle === me ? "mention me" : "mention"}
      href={`/people/${handle}`}
      data-person={handle}
    >
      @{handle}
    </a>
  );
}
