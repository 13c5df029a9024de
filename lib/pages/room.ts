import type { Context } from "fresh";
import { z } from "zod";
import { type Call, getCallOf } from "../calls/mod.ts";
import { parseFields } from "../http/body.ts";
import type { State } from "../http/define.ts";
import { caller } from "../http/session.ts";
import {
  enterRoom,
  listMessages,
  MessagesQuery,
  NewMessage,
  type PlacedMessage,
  sendMessage,
} from "../messages/mod.ts";
import type { User } from "../users/mod.ts";
import { type FormFailure, formFailure, readForm } from "./failure.ts";

/** A room as a page shows it. */
export interface RoomSnapshot {
  channel: string;
  /** Newest first. */
  messages: PlacedMessage[];
  before: string | null;
  position: string;
  /** An older page was asked for by its address: it is shown as it is, without what is new. */
  past: boolean;
  /** The call that goes on there. */
  call: Call | null;
}

const Query = z.object({ before: z.string().optional() });

/**
 * Reads the newest page of a room, or the one before `?before=`.
 *
 * @throws {NexoraError} `forbidden` when the user may not see it, `bad_request` for a cursor that is none
 */
export async function readRoom(
  ctx: Context<State>,
  user: User,
  channel: string,
): Promise<RoomSnapshot> {
  const { platform } = ctx.state;
  await enterRoom(platform, user, "see", channel);
  const { before } = parseFields(
    Query,
    Object.fromEntries(ctx.url.searchParams),
  );
  const query = parseFields(MessagesQuery, { before });
  const [page, call] = await Promise.all([
    listMessages(platform, { channel, before: query.before }),
    getCallOf(platform.kv, channel),
  ]);
  const { messages, position } = page;
  return {
    channel,
    messages,
    before: page.before,
    position,
    past: before !== undefined,
    call,
  };
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
