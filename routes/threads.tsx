import { page } from "fresh";
import {
  ThreadsPage,
  type ThreadsPageProps,
} from "../components/threads/ThreadsPage.tsx";
import { define } from "../lib/http/define.ts";
import { listThreads } from "../lib/messages/mod.ts";
import { readFrame, toSignIn } from "../lib/pages/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const [frame, threads] = await Promise.all([
      readFrame(ctx, user),
      listThreads(platform, user),
    ]);
    return page<ThreadsPageProps>({ frame, threads });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <ThreadsPage {...data} />
));
