import type { Context } from "fresh";
import { z } from "zod";
import { type Call, getCallOf } from "../calls/mod.ts";
import { parseFields } from "../http/body.ts";
import type { State } from "../http/define.ts";
import { caller } from "../http/session.ts";
import type { Refusal } from "../auth/room_rights.ts";
import {
  enterRoom,
  firstUnread,
  getMessage,
  getOwnRights,
  getReadState,
  getRoomSettings,
  listBlocked,
  listMessages,
  listReceipts,
  listStatesOf,
  MessagesQuery,
  NewMessage,
  type PlacedMessage,
  type ReadState,
  type Receipt,
  sendMessage,
  type ThreadState,
} from "../messages/mod.ts";
import type { Deps } from "../platform.ts";
import type { Channel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { type FormFailure, formFailure, readForm } from "./failure.ts";

/** A room as a page shows it. */
export interface RoomSnapshot {
  channel: string;
  /** Newest first. */
  messages: PlacedMessage[];
  before: string | null;
  /** Cursor of what is newer, when the page shows what stands around a message. */
  after: string | null;
  /** Id of the message that was asked for and is there. */
  focus: string | null;
  /** The message whose thread was asked for. */
  thread: string | null;
  position: string;
  /** Ids of those whom the reader has blocked. */
  blocked: string[];
  /** Where the reader stands in threads below these messages. */
  threads: ThreadState[];
  /** How far the reader has read, and the other of a direct conversation. */
  reading: {
    read: ReadState;
    firstUnread: { id: string; position: string } | null;
    receipts: Receipt[];
  };
  /** What the reader may do here. */
  rights: {
    write: boolean;
    react: boolean;
    pin: boolean;
    mentionEveryone: boolean;
    upload: boolean;
    moderate: boolean;
  };
  /** Why they may not write; `null` when they may. */
  refusal: Refusal | null;
  /** What the officers say that the room is about; empty: nothing. */
  topic: string;
  /** Seconds that must pass between two messages of a member. */
  slowSeconds: number;
  /** Milliseconds until slow mode takes the reader's next message; 0: now. */
  slowWait: number;
  /** An older page was asked for by its address: it is shown as it is, without what is new. */
  past: boolean;
  /** The call that goes on there. */
  call: Call | null;
}

const Query = z.object({
  before: z.string().optional(),
  message: z.string().max(100).optional(),
});

/**
 * Reads the newest page of a room, the one before `?before=`, or what stands around `?message=`.
 *
 * @throws {NexoraError} `forbidden` when the user may not see it, `bad_request` for a cursor that is none
 */
export async function readRoom(
  ctx: Context<State>,
  user: User,
  channel: string,
): Promise<RoomSnapshot> {
  const { platform } = ctx.state;
  const { room } = await enterRoom(platform, user, "see", channel);
  const asked = parseFields(Query, Object.fromEntries(ctx.url.searchParams));
  const { before } = parseFields(MessagesQuery, { before: asked.before });
  const message = asked.message === undefined
    ? null
    : await getMessage(platform, channel, asked.message);
  // A reply is found in its thread, below what it replies to.
  const focus = message?.parentId ?? message?.id ?? null;
  const [page, standing, read, first, receipts, call, blocked] = await Promise
    .all([
      listMessages(
        platform,
        focus === null ? { channel, before } : { channel, around: focus },
      ),
      standingIn(platform, user, room),
      getReadState(platform, room, user),
      firstUnread(platform, room, user.id),
      listReceipts(platform, room, user.id),
      getCallOf(platform.kv, channel),
      listBlocked(platform, user.id),
    ]);
  const threads = await listStatesOf(
    platform,
    user.id,
    page.messages.filter((one) => one.thread !== null).map(({ id }) => id),
  );
  return {
    channel,
    threads,
    messages: page.messages,
    before: page.before,
    after: page.after,
    focus,
    thread: message?.parentId ?? null,
    position: page.position,
    past: before !== undefined && focus === null,
    call,
    blocked,
    reading: { read, firstUnread: first, receipts },
    ...standing,
  };
}

/** What somebody may do in a room, and why they may not write. */
async function standingIn(
  platform: Pick<Deps, "kv" | "policy" | "now">,
  user: User,
  room: Channel,
): Promise<
  Pick<
    RoomSnapshot,
    "rights" | "refusal" | "topic" | "slowSeconds" | "slowWait"
  >
> {
  const [refusal, mine, { topic, slowSeconds }] = await Promise.all([
    platform.policy.refusal(user, "write", room),
    getOwnRights(platform, room, user),
    getRoomSettings(platform, room.name),
  ]);
  const { write, react, pin, mentionEveryone, upload, administer } = mine;
  const rights = {
    write,
    react,
    pin,
    mentionEveryone,
    upload,
    moderate: administer,
  };
  return { rights, refusal, topic, slowSeconds, slowWait: mine.wait };
}

/**
 * Sends what the room's form posts; `null` when it is sent, else what is wrong with it.
 *
 * @throws {NexoraError} `forbidden`, `not_found`
 */
export async function postToRoom(
  ctx: Context<State>,
  user: User,
  channel: string,
): Promise<FormFailure | null> {
  const { platform } = ctx.state;
  const form = await readForm(ctx.req);
  await enterRoom(platform, user, "write", channel);
  try {
    const { content, clientId } = parseFields(
      NewMessage,
      Object.fromEntries(form),
    );
    const { device } = caller(ctx);
    await sendMessage(platform, {
      channel,
      author: user,
      content,
      clientId,
      device,
    });
    return null;
  } catch (error) {
    return formFailure(error, form);
  }
}
