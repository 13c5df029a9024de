import type { Context } from "fresh";
import { page } from "fresh";
import {
  BountyPage,
  type BountyPageProps,
} from "../../../components/bounties/BountyPage.tsx";
import {
  Acceptance,
  acceptBounty,
  cancelBounty,
  Cancellation,
  openBounty,
  Review,
  reviewBounty,
  Submission,
  submitBounty,
} from "../../../lib/bounties/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { parseFields } from "../../../lib/http/body.ts";
import { define, type State } from "../../../lib/http/define.ts";
import { caller } from "../../../lib/http/session.ts";
import {
  type FormFailure,
  formFailure,
  orErrorPage,
  readBountyChannels,
  readBountyView,
  readFlash,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
  withFlash,
} from "../../../lib/pages/mod.ts";
import type { User } from "../../../lib/users/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(() => readPage(ctx, user, null));
  },
  /** The buttons of the page; `do` says which. */
  POST(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const form = await readForm(ctx.req);
      try {
        const done = await act(ctx, user, Object.fromEntries(form));
        return seeOther(withFlash(`/bounties/${ctx.params.id}`, done));
      } catch (error) {
        return await readPage(ctx, user, formFailure(error, form));
      }
    });
  },
});

/** Does what the form asks for; answers what to tell of it. */
async function act(
  ctx: Context<State>,
  user: User,
  form: Record<string, unknown>,
) {
  const { platform } = ctx.state;
  const id = ctx.params.id!;
  const { device } = caller(ctx);
  switch (form.do) {
    case "open":
      await openBounty(platform, user, id, device);
      return "bounties.posted";
    case "accept": {
      const { guildId } = parseFields(Acceptance, form);
      await acceptBounty(platform, user, id, guildId, device);
      return "bounties.accepted";
    }
    case "submit":
      await submitBounty(
        platform,
        user,
        id,
        parseFields(Submission, form),
        device,
      );
      return "bounties.submitted";
    case "review":
      await reviewBounty(
        platform,
        user,
        id,
        parseFields(Review, form),
        device,
      );
      return "bounties.reviewed";
    case "cancel": {
      const { note } = parseFields(Cancellation, { note: form.why });
      await cancelBounty(platform, user, id, note);
      return "bounties.cancelled";
    }
    default:
      throw new NexoraError("bad_request");
  }
}

async function readPage(
  ctx: Context<State>,
  user: User,
  failure: FormFailure & { status: number } | null,
) {
  const { platform } = ctx.state;
  const id = ctx.params.id!;
  const since = await readBountyChannels(platform, user, id);
  const [frame, view] = await Promise.all([
    readFrame(ctx, user),
    readBountyView(platform, user, id),
  ]);
  return page<BountyPageProps>(
    { frame, view, since, failure, flash: readFlash(ctx) },
    { status: failure?.status ?? 200 },
  );
}

export default define.page<typeof handler>(({ data }) => (
  <BountyPage {...data} />
));
