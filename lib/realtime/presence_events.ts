import type { NewEvent } from "./log/types.ts";

/** A member of a presence channel, as its subscription says. */
export interface Member {
  user_id: string;
  user_info?: unknown;
}

export interface PresenceChange {
  name: "member_added" | "member_removed";
  channel: string;
  userId: string;
}

const WATCH = "#watch-";

/** The internal channel on which a user's going online and offline is told. Clients cannot name it. */
export const watchChannel = (userId: string) => WATCH + userId;

export function isWatch(channel: string): boolean {
  return channel.startsWith(WATCH);
}

/** What others are told of a first join or a last leave. */
export function presenceEvent(
  name: PresenceChange["name"],
  channel: string,
  member: Member,
): NewEvent {
  if (isWatch(channel)) {
    const events = [{
      name: name === "member_added" ? "online" : "offline",
      user_ids: [member.user_id],
    }];
    return {
      channel,
      event: "pusher_internal:watchlist_events",
      data: { events },
    };
  }
  const data = name === "member_added" ? member : { user_id: member.user_id };
  return { channel, event: `pusher_internal:${name}`, data };
}
