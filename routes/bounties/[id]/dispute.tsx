import { HttpError, page } from "fresh";
import type { Context } from "fresh";
import {
  RaiseForm,
  type RaiseFormProps,
} from "../../../components/disputes/RaiseForm.tsx";
import { mayBounty } from "../../../lib/auth/policy.ts";
import { getVisibleBounty } from "../../../lib/bounties/mod.ts";
import { DisputeReason, raiseDispute } from "../../../lib/disputes/mod.ts";
import { parseFields } from "../../../lib/http/body.ts";
import { define, type State } from "../../../lib/http/define.ts";
import { caller } from "../../../lib/http/session.ts";
import {
  type FormFailure,
  formFailure,
  orErrorPage,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
  withFlash,
} from "../../../lib/pages/mod.ts";
import { getUser, type User } from "../../../lib/users/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(() => readRaising(ctx, user, null));
  },
  POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const form = await readForm(ctx.req);
      try {
        const { reason } = parseFields(
          DisputeReason,
          Object.fromEntries(form),
        );
        const { id } = await raiseDispute(
          platform,
          user,
          ctx.params.id!,
          reason,
          caller(ctx).device,
        );
        return seeOther(withFlash(`/disputes/${id}`, "dispute.raised"));
      } catch (error) {
        return await readRaising(ctx, user, formFailure(error, form));
      }
    });
  },
});

async function readRaising(
  ctx: Context<State>,
  user: User,
  failure: FormFailure & { status?: number } | null,
) {
  const { kv } = ctx.state.platform;
  const bounty = await getVisibleBounty(kv, user, ctx.params.id!);
  if (!mayBounty(user, "dispute", { bounty }) || !bounty.workerId) {
    throw new HttpError(403);
  }
  // An open dispute is what there is to see.
  if (bounty.disputed) return seeOther(`/disputes/${bounty.disputeId}`);
  const other = user.id === bounty.clientId ? bounty.workerId : bounty.clientId;
  const [frame, against] = await Promise.all([
    readFrame(ctx, user),
    getUser(kv, other),
  ]);
  const { id, title } = bounty;
  return page<RaiseFormProps>(
    {
      frame,
      bounty: { id, title },
      against: against?.name ?? null,
      failure,
    },
    { status: failure?.status ?? 200 },
  );
}

export default define.page<typeof handler>(({ data }) => (
  <RaiseForm
    {...data}
  />
));
