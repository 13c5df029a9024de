import { HttpError, page } from "fresh";
import {
  BountyForm,
  type BountyFormProps,
} from "../../../components/bounties/BountyForm.tsx";
import {
  allows,
  BountyChange,
  editBounty,
  getVisibleBounty,
} from "../../../lib/bounties/mod.ts";
import { parseFields } from "../../../lib/http/body.ts";
import { define } from "../../../lib/http/define.ts";
import {
  formFailure,
  orErrorPage,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
  withFlash,
} from "../../../lib/pages/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const id = ctx.params.id!;
      const bounty = await getVisibleBounty(platform.kv, user, id);
      if (bounty.clientId !== user.id) throw new HttpError(403);
      if (!allows(bounty, "edit")) return seeOther(`/bounties/${id}`);
      const frame = await readFrame(ctx, user);
      return page<BountyFormProps>({ frame, bounty, failure: null });
    });
  },
  POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const id = ctx.params.id!;
      const form = await readForm(ctx.req);
      const bounty = await getVisibleBounty(platform.kv, user, id);
      try {
        const change = parseFields(BountyChange, Object.fromEntries(form));
        await editBounty(platform, user, id, change);
        return seeOther(withFlash(`/bounties/${id}`, "bounties.saved"));
      } catch (error) {
        const failure = formFailure(error, form);
        const frame = await readFrame(ctx, user);
        return page<BountyFormProps>({ frame, bounty, failure }, {
          status: failure.status,
        });
      }
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <BountyForm {...data} />
));
