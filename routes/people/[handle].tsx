import { HttpError, page } from "fresh";
import {
  Profile,
  type ProfileProps,
} from "../../components/people/Profile.tsx";
import { define } from "../../lib/http/define.ts";
import { readFrame, readPerson, toSignIn } from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const [frame, person] = await Promise.all([
      readFrame(ctx, user),
      readPerson(platform, user, ctx.params.handle!),
    ]);
    if (!person) throw new HttpError(404);
    return page<ProfileProps>({ frame, ...person });
  },
});

export default define.page<typeof handler>(({ data }) => <Profile {...data} />);
