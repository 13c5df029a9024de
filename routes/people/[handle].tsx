import { HttpError, page } from "fresh";
import {
  Profile,
  type ProfileProps,
} from "../../components/people/Profile.tsx";
import { listGuildsOf } from "../../lib/guilds/mod.ts";
import { define } from "../../lib/http/define.ts";
import { readFrame, toSignIn } from "../../lib/pages/mod.ts";
import { getUserByHandle, publicUser } from "../../lib/users/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const person = await getUserByHandle(platform.kv, ctx.params.handle!);
    if (!person) throw new HttpError(404);
    const [frame, guilds] = await Promise.all([
      readFrame(ctx, user),
      listGuildsOf(platform.kv, person.id),
    ]);
    return page<ProfileProps>({
      frame,
      person: publicUser(person),
      guilds: guilds.map(({ guild, role }) => ({
        id: guild.id,
        name: guild.name,
        role,
      })),
    });
  },
});

export default define.page<typeof handler>(({ data }) => <Profile {...data} />);
