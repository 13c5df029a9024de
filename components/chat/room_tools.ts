import type { Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ChatItem, Me } from "../../lib/realtime/client/messages.ts";

/** What the reader may do in a room, as far as the page offers it; the server decides. */
export interface Rights {
  write: boolean;
  react: boolean;
  pin: boolean;
  mentionEveryone: boolean;
  upload: boolean;
  /** Delete what others wrote, mute, see reports. */
  moderate: boolean;
}

/** What can be done to a message. */
export type Act =
  | "react"
  | "reply"
  | "quote"
  | "forward"
  | "edit"
  | "delete"
  | "pin"
  | "copy"
  | "copyLink"
  | "unread"
  | "readers"
  | "history"
  | "report"
  | "mute"
  | "block";

/** What the rows of a room share. */
export interface RoomTools {
  me: Me;
  channel: string;
  kind: "guild" | "dm" | "dispute";
  rights: Rights;
  /** Key of the row under the pointer or with the focus: it shows its tools. */
  active: Signal<string | null>;
  /** Id of the message that is being edited. */
  editing: Signal<string | null>;
  /** Id of the message that somebody came for. */
  found: Signal<string | null>;
  /** Does it, or opens what asks for more beside `at`. */
  act(what: Act, item: ChatItem, at: HTMLElement): void;
  toggle(item: ChatItem, emoji: string): void;
  save(item: ChatItem, content: string): void;
  openMenu(item: ChatItem, at: HTMLElement): void;
  openThread(id: string): void;
  /** Leads to a message of this room. */
  show(id: string): void;
  retry(item: ChatItem): void;
  discard(item: ChatItem): void;
  /** What somebody is called, as far as the page knows. */
  nameOf(userId: string): string | undefined;
}

/** `null` where messages are only read: pages before scripts, snapshots. */
export const RoomContext = createContext<RoomTools | null>(null);

export const useRoomTools = (): RoomTools | null => useContext(RoomContext);

/** Whether it makes sense to offer this here. */
export function canDo(
  what: Act,
  item: ChatItem,
  { me, rights, kind }: Pick<RoomTools, "me" | "rights" | "kind">,
): boolean {
  const mine = item.authorId === me.id;
  const standing = item.state === "sent" && !item.deleted;
  switch (what) {
    case "edit":
      return standing && mine && rights.write;
    case "delete":
      return standing && (mine || rights.moderate);
    case "pin":
      return standing && rights.pin && !item.parentId;
    case "react":
      return standing && rights.react;
    case "quote":
      return standing && rights.write;
    case "reply":
      return item.state === "sent" && !item.parentId &&
        (rights.write || (item.thread?.count ?? 0) > 0);
    case "history":
      return item.state === "sent" &&
        (Boolean(item.editedAt) || Boolean(item.deleted)) &&
        (kind === "dispute" || mine || rights.moderate);
    case "report":
      return standing && !mine;
    case "mute":
      return rights.moderate && kind === "guild" && !mine;
    case "block":
      return !mine;
    case "readers":
    case "copyLink":
    case "unread":
      return item.state === "sent" && !item.parentId;
    case "copy":
    case "forward":
      return standing;
  }
}
