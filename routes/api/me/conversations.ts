import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { listConversations } from "../../../lib/messages/mod.ts";
import { getUsers, publicUser } from "../../../lib/users/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const conversations = await listConversations(platform, user.id);
    const people = await getUsers(
      platform.kv,
      conversations.map((c) => c.userId),
    );
    const byId = new Map(
      people.map((person) => [person.id, publicUser(person)]),
    );
    return json({
      conversations: conversations.map((c) => ({
        ...c,
        user: byId.get(c.userId) ?? null,
      })),
    });
  },
});
