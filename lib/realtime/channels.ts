import { MINUTE } from "../clock.ts";

/** What a channel is about. `app` is any channel that is not one of Nexora's own names. */
export type Subject =
  | { kind: "guild"; guildId: string }
  | { kind: "dm"; userIds: readonly [string, string] }
  | { kind: "dispute"; disputeId: string }
  | { kind: "call"; callId: string }
  | { kind: "user"; userId: string }
  | { kind: "global" }
  | { kind: "server-to-user"; userId: string }
  | { kind: "app" };

/** How a channel is entered, by its prefix. */
export type Access = "public" | "private" | "presence" | "encrypted";

export interface Channel {
  /** As the client names it, prefixes included. */
  name: string;
  access: Access;
  /** `cache-` variants keep the last event published over HTTP. */
  cache: boolean;
  subject: Subject;
}

/** Channel names: 1–200 of `A-Za-z0-9_-=@,.;` (source: Pusher Channels). */
const NAME = /^[A-Za-z0-9_\-=@,.;]{1,200}$/;
const SERVER_TO_USER = "#server-to-user-";
/** Whoever may sign in has such a channel, and ids of identity providers look like `auth0|5f7`. */
const SIGNED_IN_ID = /^[^\p{Cc}\p{Cs}]{1,128}$/u;
/** Ids of users hold no dash, so that `dm-{a}-{b}` can be taken apart. */
export const USER_ID = /^[A-Za-z0-9_]{1,64}$/;

/** Returns `null` for a name that the protocol does not allow. */
export function parseChannel(name: string): Channel | null {
  if (name.startsWith(SERVER_TO_USER)) {
    const userId = name.slice(SERVER_TO_USER.length);
    if (!SIGNED_IN_ID.test(userId) || userId.length > 128) return null;
    return {
      name,
      access: "private",
      cache: false,
      subject: { kind: "server-to-user", userId },
    };
  }
  if (!NAME.test(name)) return null;
  let rest = name;
  let access: Access = "public";
  for (
    const [prefix, kind] of [["private-encrypted-", "encrypted"], [
      "private-",
      "private",
    ], [
      "presence-",
      "presence",
    ]] as const
  ) {
    if (rest.startsWith(prefix)) {
      access = kind;
      rest = rest.slice(prefix.length);
      break;
    }
  }
  const cache = rest.startsWith("cache-");
  if (cache) rest = rest.slice("cache-".length);
  return { name, access, cache, subject: subjectOf(rest, access) };
}

function subjectOf(rest: string, access: Access): Subject {
  if (rest === "platform-global") return { kind: "global" };
  if (rest.startsWith("guild-")) {
    return { kind: "guild", guildId: rest.slice("guild-".length) };
  }
  if (rest.startsWith("dispute-")) {
    return { kind: "dispute", disputeId: rest.slice("dispute-".length) };
  }
  if (rest.startsWith("call-")) {
    return { kind: "call", callId: rest.slice("call-".length) };
  }
  if (rest.startsWith("dm-")) {
    const ids = rest.slice("dm-".length).split("-");
    const [a, b] = ids;
    // An ill-formed dm name stays a dm: nobody is one of its two people, so nobody enters.
    if (ids.length !== 2 || !a || !b || a > b) {
      return { kind: "dm", userIds: ["", ""] };
    }
    return { kind: "dm", userIds: [a, b] };
  }
  // Without a prefix, `user-…` is an ordinary public channel: only private and presence forms name a person's inbox.
  if (access !== "public" && rest.startsWith("user-")) {
    return { kind: "user", userId: rest.slice("user-".length) };
  }
  return { kind: "app" };
}

export const guildChannel = (guildId: string) => `guild-${guildId}`;
export const disputeChannel = (disputeId: string) => `dispute-${disputeId}`;
/** Where those who are in a call find each other. */
export const callChannel = (callId: string) => `presence-call-${callId}`;
export const userChannel = (userId: string) => `private-user-${userId}`;
export const GLOBAL_CHANNEL = "platform-global";

/** The channel of two people, the same whoever asks. */
export function dmChannel(a: string, b: string): string {
  return a < b ? `dm-${a}-${b}` : `dm-${b}-${a}`;
}

/** For how long, and how many events, a channel can be resumed. */
export interface Retention {
  /** milliseconds */
  age: number;
  /** events */
  count: number;
}

export const DEFAULT_RETENTION: Retention = { age: 2 * MINUTE, count: 1_000 };
