import { page } from "fresh";
import { z } from "zod";
import {
  WhyNotPage,
  type WhyNotProps,
} from "../../components/notifications/why/WhyNotPage.tsx";
import { parseFields } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import {
  foreseeDelivery,
  listQuietly,
  listWithheld,
  type NotificationType,
  preferenceDefaults,
  sampleNotice,
} from "../../lib/notifications/mod.ts";
import { orErrorPage, readFrame, toSignIn } from "../../lib/pages/mod.ts";

const Query = z.object({
  type: z.string().optional(),
  guildId: z.string().catch(""),
});

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return await orErrorPage(async () => {
      const query = parseFields(
        Query,
        Object.fromEntries(ctx.url.searchParams),
      );
      const types = Object.keys(preferenceDefaults(user)) as NotificationType[];
      const type = types.find((known) => known === query.type);
      const [frame, withheld, quietly] = await Promise.all([
        readFrame(ctx, user),
        listWithheld(platform, user),
        listQuietly(platform, user),
      ]);
      // Of their own guilds: others are nobody's to mute.
      const guild = frame.guilds.find((g) => g.id === query.guildId);
      const would = type
        ? await foreseeDelivery(
          platform,
          user,
          sampleNotice(type, { guild }, platform.now()),
        )
        : null;
      const asked = type ? { type, guildId: query.guildId } : null;
      return page<WhyNotProps>({
        frame,
        withheld,
        quietly,
        types,
        asked,
        would,
      });
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <WhyNotPage {...data} />
));
