import {
  type Dispute,
  listDisputesOf,
  listDisputesToJudge,
} from "../../disputes/mod.ts";
import { listGuildsOf } from "../../guilds/mod.ts";
import type { Deps } from "../../platform.ts";
import {
  type Channel,
  disputeChannel,
  guildChannel,
  parseChannel,
} from "../../realtime/mod.ts";
import { getUsers } from "../../users/mod.ts";
import { listConversations } from "../list.ts";
import type { RailRoom } from "./types.ts";

/** A room that somebody is in. */
export type OwnRoom =
  & Pick<RailRoom, "kind" | "subjectId" | "name" | "handle">
  & {
    room: Channel;
  };

/** Conversations and disputes shown, the latest first. */
const MOST = 200;

/** The rooms that somebody is in: guilds, direct conversations, open disputes. */
export async function listOwnRooms(
  { kv }: Pick<Deps, "kv">,
  userId: string,
): Promise<OwnRoom[]> {
  const [guilds, conversations, disputes] = await Promise.all([
    listGuildsOf(kv, userId),
    listConversations({ kv }, userId, MOST),
    listDisputes(kv, userId),
  ]);
  const people = new Map(
    (await getUsers(kv, conversations.map((c) => c.userId)))
      .map((user) => [user.id, user]),
  );
  return [
    ...guilds.map(({ guild }): OwnRoom => ({
      kind: "guild",
      subjectId: guild.id,
      name: guild.name,
      handle: null,
      room: parseChannel(guildChannel(guild.id))!,
    })),
    ...conversations.map(({ channel, userId }): OwnRoom => ({
      kind: "dm",
      subjectId: userId,
      name: people.get(userId)?.name ?? "",
      handle: people.get(userId)?.handle ?? null,
      room: parseChannel(channel)!,
    })),
    ...disputes.map((dispute): OwnRoom => ({
      kind: "dispute",
      subjectId: dispute.id,
      name: dispute.bountyTitle,
      handle: null,
      room: parseChannel(disputeChannel(dispute.id))!,
    })),
  ];
}

/** Disputes that somebody is a party or a juror of; those that have ended are no longer in the rail. */
async function listDisputes(kv: Deno.Kv, userId: string): Promise<Dispute[]> {
  const pages = await Promise.all([
    listDisputesOf(kv, userId, { limit: MOST }),
    listDisputesToJudge(kv, userId, { limit: MOST }),
  ]);
  const byId = new Map(
    pages.flatMap((page) => page.items).map((one) => [one.id, one]),
  );
  return [...byId.values()].filter(({ state }) =>
    state === "raised" || state === "escalated"
  );
}
