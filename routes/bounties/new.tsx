import { page } from "fresh";
import {
  BountyForm,
  type BountyFormProps,
} from "../../components/bounties/BountyForm.tsx";
import { PostBounty, postBounty } from "../../lib/bounties/mod.ts";
import { parseFields } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import { caller } from "../../lib/http/session.ts";
import {
  formFailure,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
  withFlash,
} from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const frame = await readFrame(ctx, user);
    return page<BountyFormProps>({ frame, bounty: null, failure: null });
  },
  async POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const form = await readForm(ctx.req);
    try {
      const bounty = await postBounty(
        platform,
        user,
        parseFields(PostBounty, Object.fromEntries(form)),
        caller(ctx).device,
      );
      return seeOther(withFlash(
        `/bounties/${bounty.id}`,
        bounty.state === "draft" ? "bounties.drafted" : "bounties.posted",
      ));
    } catch (error) {
      const failure = formFailure(error, form);
      const frame = await readFrame(ctx, user);
      return page<BountyFormProps>({ frame, bounty: null, failure }, {
        status: failure.status,
      });
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <BountyForm {...data} />
));
