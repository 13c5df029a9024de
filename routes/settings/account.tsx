import { type Context, page } from "fresh";
import {
  EndAccountPage,
  type EndAccountProps,
} from "../../components/people/settings/EndAccountPage.tsx";
import {
  AccountEnd,
  closeAccount,
  obstaclesOf,
} from "../../lib/accounts/mod.ts";
import { parseFields } from "../../lib/http/body.ts";
import { define, type State } from "../../lib/http/define.ts";
import { signedOutHeaders } from "../../lib/http/session.ts";
import {
  type FormFailure,
  formFailure,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
} from "../../lib/pages/mod.ts";
import type { User } from "../../lib/users/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { user } = ctx.state;
    return user ? page(await readEnd(ctx, user, null)) : toSignIn(ctx);
  },
  async POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const form = await readForm(ctx.req);
    try {
      const end = parseFields(AccountEnd, Object.fromEntries(form));
      await closeAccount(platform, user, end);
      return seeOther("/", signedOutHeaders(ctx));
    } catch (error) {
      const failure = formFailure(error, form);
      return page(await readEnd(ctx, user, failure), {
        status: failure.status,
      });
    }
  },
});

async function readEnd(
  ctx: Context<State>,
  user: User,
  failure: FormFailure | null,
): Promise<EndAccountProps> {
  const [frame, obstacles] = await Promise.all([
    readFrame(ctx, user),
    obstaclesOf(ctx.state.platform.kv, user.id),
  ]);
  return { frame, obstacles, failure, demo: user.demo === true };
}

export default define.page<typeof handler>(({ data }) => (
  <EndAccountPage {...data} />
));
