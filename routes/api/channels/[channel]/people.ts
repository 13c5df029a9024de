import { z } from "zod";
import { readQuery } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { Limit } from "../../../../lib/http/paging.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import { findPeople } from "../../../../lib/messages/mod.ts";

const Query = z.object({
  q: z.string().max(64, "At most 64 characters").default(""),
  limit: Limit.optional(),
});

/** Whom one can name here, for completion while one types. */
export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { q, limit } = readQuery(ctx.url, Query);
    const { platform } = ctx.state;
    const [people, everyone] = await Promise.all([
      findPeople(platform, room, q, limit),
      platform.policy.may(user, "mentionEveryone", room),
    ]);
    return json({ people, officers: room.subject.kind !== "dm", everyone });
  },
});
