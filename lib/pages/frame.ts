import type { Context } from "fresh";
import { listGuildsOf } from "../guilds/mod.ts";
import type { State } from "../http/define.ts";
import {
  getReadState,
  listConversations,
  type RailRoom,
  readChoices,
  starredPeople,
} from "../messages/mod.ts";
import { getUnreadCount, type InboxState } from "../notifications/mod.ts";
import {
  dmChannel,
  formatPosition,
  guildChannel,
  parseChannel,
  userChannel,
} from "../realtime/mod.ts";
import { getUsers, type User } from "../users/mod.ts";
import { localPath, signInPath } from "./paths.ts";
import { readTheme, type Theme } from "./theme.ts";

/** A room of the rail, with what is unread in it. */
export type FrameRoom =
  & { picture?: string }
  & Pick<
    RailRoom,
    | "channel"
    | "kind"
    | "subjectId"
    | "name"
    | "handle"
    | "unread"
    | "mentions"
    | "upTo"
    | "revision"
    | "head"
    | "starred"
    | "muted"
  >;

/** What the frame around every signed-in page shows. */
export interface Frame {
  me: Pick<User, "id" | "handle" | "name" | "role" | "picture">;
  guilds: { id: string; name: string }[];
  /** Of the rail: guilds, and direct conversations, the latest first; before them those that are starred. */
  rooms: FrameRoom[];
  /** Where the reader's own channel stood before the rooms were read: nothing is missed by who follows it from here. */
  head: string;
  inbox: InboxState;
  theme: Theme;
  /** Path and query of this page. */
  here: string;
}

/** In the rail; the page of direct messages has them all. */
const PEOPLE = 12;

/** Reads the frame for somebody who is signed in: a handful of reads at once, whatever the page. */
export async function readFrame(
  ctx: Context<State>,
  me: User,
): Promise<Frame> {
  const { kv, log } = ctx.state.platform;
  const head = formatPosition(await log.head(userChannel(me.id)));
  const [guilds, conversations, choices, inbox] = await Promise.all([
    listGuildsOf(kv, me.id),
    listConversations(ctx.state.platform, me.id, PEOPLE),
    readChoices(ctx.state.platform, me.id),
    getUnreadCount(ctx.state.platform, me.id),
  ]);
  // Whom one has starred is there, however long ago they wrote.
  const people = await getUsers(kv, [
    ...new Set([
      ...conversations.map((c) => c.userId),
      ...starredPeople(choices, me.id),
    ]),
  ]);
  const about = [
    ...guilds.map(({ guild }) => ({
      channel: guildChannel(guild.id),
      kind: "guild" as const,
      subjectId: guild.id,
      name: guild.name,
      handle: null,
    })),
    ...people.map(({ id, handle, name, picture }) => ({
      channel: dmChannel(me.id, id),
      kind: "dm" as const,
      subjectId: id,
      name,
      handle,
      ...(picture && { picture }),
    })),
  ];
  // Before the counts: what comes between is heard again rather than missed.
  const heads = await log.heads(about.map(({ channel }) => channel));
  const rooms = await Promise.all(
    about.map(async (room): Promise<FrameRoom> => {
      const parsed = parseChannel(room.channel)!;
      const { unread, mentions, upTo, revision } = await getReadState(
        ctx.state.platform,
        parsed,
        me,
      );
      return {
        ...room,
        unread,
        mentions,
        upTo,
        revision,
        head: formatPosition(heads.get(room.channel)!),
        starred: choices.starred.has(room.channel),
        muted: choices.muted(parsed),
      };
    }),
  );
  return {
    me: {
      id: me.id,
      handle: me.handle,
      name: me.name,
      role: me.role,
      ...(me.picture && { picture: me.picture }),
    },
    guilds: guilds.map(({ guild }) => ({ id: guild.id, name: guild.name })),
    rooms: rooms.sort((a, b) => Number(b.starred) - Number(a.starred)),
    head,
    inbox,
    theme: readTheme(ctx.req.headers),
    here: ctx.url.pathname + ctx.url.search,
  };
}

/** After a form post: go and look (303), so that a reload posts nothing again. */
export function seeOther(path: string, headers?: HeadersInit): Response {
  const response = new Headers(headers);
  response.set("location", localPath(path));
  return new Response(null, { status: 303, headers: response });
}

/** To the sign-in page and back again. */
export function toSignIn(ctx: Context<State>): Response {
  return seeOther(signInPath(ctx.url.pathname + ctx.url.search));
}
