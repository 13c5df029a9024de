import { page } from "fresh";
import type { Context } from "fresh";
import {
  DisputeRoom,
  type DisputeRoomProps,
} from "../../components/disputes/DisputeRoom.tsx";
import { viewDispute } from "../../lib/disputes/mod.ts";
import { define, type State } from "../../lib/http/define.ts";
import {
  actInDispute,
  DISPUTE_ACTIONS,
  type FormFailure,
  orErrorPage,
  postToRoom,
  readFlash,
  readFrame,
  readRoom,
  seeOther,
  toSignIn,
  withFlash,
} from "../../lib/pages/mod.ts";
import { disputeChannel } from "../../lib/realtime/mod.ts";
import type { User } from "../../lib/users/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(() => readDispute(ctx, user, null));
  },
  /** A message to the room, or with `?action=` one of the pane's forms. */
  POST(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const name = ctx.url.searchParams.get("action");
      const action = DISPUTE_ACTIONS.find((known) => known === name);
      const failure = action
        ? await actInDispute(ctx, user, action)
        : await postToRoom(ctx, user, disputeChannel(ctx.params.id!));
      if (failure) return await readDispute(ctx, user, failure);
      const { pathname } = ctx.url;
      return seeOther(
        action ? withFlash(pathname, FLASH[action]) : pathname,
      );
    });
  },
});

const FLASH = {
  evidence: "dispute.evidenceGiven",
  escalate: "dispute.escalated",
  vote: "dispute.voted",
  withdraw: "dispute.withdrawn",
  decide: "dispute.decided",
} as const;

async function readDispute(
  ctx: Context<State>,
  user: User,
  failure: FormFailure | null,
) {
  const { platform } = ctx.state;
  const dispute = await viewDispute(platform, user, ctx.params.id!);
  const [frame, room] = await Promise.all([
    readFrame(ctx, user),
    readRoom(ctx, user, disputeChannel(dispute.id)),
  ]);
  return page<DisputeRoomProps>(
    { frame, dispute, room, failure, flash: readFlash(ctx) },
    { status: failure ? 400 : 200 },
  );
}

export default define.page<typeof handler>(({ data }) => (
  <DisputeRoom {...data} />
));
