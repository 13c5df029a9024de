import { page } from "fresh";
import { Inbox, type InboxProps } from "../../components/people/Inbox.tsx";
import { define } from "../../lib/http/define.ts";
import {
  listAcquaintances,
  listKnownConversations,
  readFrame,
  toSignIn,
} from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const [frame, conversations] = await Promise.all([
      readFrame(ctx, user),
      listKnownConversations(platform, user.id),
    ]);
    const known = new Set(conversations.map(({ person }) => person.id));
    const others = await listAcquaintances(platform, user.id);
    return page<InboxProps>({
      frame,
      conversations,
      people: others.filter(({ id }) => !known.has(id)),
    });
  },
});

export default define.page<typeof handler>(({ data }) => <Inbox {...data} />);
