import { page } from "fresh";
import { StoryPage } from "../../components/notifications/why/StoryPage.tsx";
import { define } from "../../lib/http/define.ts";
import { getDeliveryStory } from "../../lib/notifications/mod.ts";
import { orErrorPage, readFrame, toSignIn } from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return await orErrorPage(async () => {
      const [frame, story] = await Promise.all([
        readFrame(ctx, user),
        getDeliveryStory(platform, user, ctx.params.id!),
      ]);
      return page({ frame, ...story });
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <StoryPage
    {...data}
  />
));
