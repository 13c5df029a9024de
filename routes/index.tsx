import { page } from "fresh";
import { Home, type HomeProps } from "../components/home/Home.tsx";
import { Landing } from "../components/landing/Landing.tsx";
import { define } from "../lib/http/define.ts";
import { getNotifications } from "../lib/notifications/mod.ts";
import {
  type Actor,
  listCast,
  listKnownConversations,
  readFlash,
  readFrame,
  readHome,
} from "../lib/pages/mod.ts";

/** How many of each the home page shows. */
const RECENT = 6;
const WAITING = 8;

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) {
      const cast = await listCast(platform.kv, platform.config.demo);
      return page<{ cast: Actor[] } | { home: HomeProps }>({ cast });
    }
    const [frame, home, recent, waiting] = await Promise.all([
      readFrame(ctx, user),
      readHome(platform, user),
      listKnownConversations(platform, user.id, RECENT),
      getNotifications(platform, user, { filter: "unread", limit: WAITING }),
    ]);
    return page<{ cast: Actor[] } | { home: HomeProps }>({
      home: {
        frame,
        ...home,
        recent,
        waiting: waiting.notifications,
        flash: readFlash(ctx),
      },
    });
  },
});

export default define.page<typeof handler>(({ data }) =>
  "home" in data ? <Home {...data.home} /> : <Landing cast={data.cast} />
);
