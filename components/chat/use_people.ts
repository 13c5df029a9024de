import { useMemo } from "preact/hooks";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";

/** What somebody in the room is called: as the page was told, or as they signed a message. */
export function usePeople(
  people: readonly { id: string; name: string }[],
  items: readonly ChatItem[],
): (userId: string) => string | undefined {
  const told = useMemo(
    () => new Map(people.map(({ id, name }) => [id, name])),
    [people],
  );
  return (userId) =>
    told.get(userId) ??
      items.findLast(({ authorId }) => authorId === userId)?.author?.name;
}
