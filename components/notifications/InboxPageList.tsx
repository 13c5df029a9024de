import "../core.ts";
import type {
  Inbox,
  InboxFilter,
  NotificationItem,
} from "../../lib/realtime/client/mod.ts";
import { NoteList } from "./NoteList.tsx";
import { takeOver } from "../take_over.ts";

export interface InboxPageListProps {
  inbox: Inbox;
  filter: InboxFilter;
  /** As the server read them, where that is not the beginning of everything. */
  rendered?: NotificationItem[];
  /** Of the next page. */
  cursor?: string | null;
}

/** The list of the notifications' page. */
export function InboxPageList(
  { inbox, filter, rendered, cursor }: InboxPageListProps,
) {
  return (
    <NoteList
      inbox={inbox}
      filter={filter}
      heading="h2"
      action="/notifications"
      rendered={rendered}
      older={cursor
        ? `/notifications?filter=${filter}&cursor=${cursor}`
        : undefined}
      card
    />
  );
}

/** Takes over what the server has drawn in `place`: the same elements, so nothing moves and the focus stays. */
export function showList(place: HTMLElement, props: InboxPageListProps): void {
  takeOver(<InboxPageList {...props} />, place);
}
