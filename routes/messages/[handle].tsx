import { HttpError, page } from "fresh";
import type { Context } from "fresh";
import {
  DirectRoom,
  type DirectRoomProps,
} from "../../components/people/DirectRoom.tsx";
import { define, type State } from "../../lib/http/define.ts";
import {
  type FormFailure,
  orErrorPage,
  postToRoom,
  readFrame,
  readRoom,
  seeOther,
  toSignIn,
} from "../../lib/pages/mod.ts";
import { dmChannel } from "../../lib/realtime/mod.ts";
import { getUserByHandle, publicUser, type User } from "../../lib/users/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(() => readDirect(ctx, user, null));
  },
  POST(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const other = await findOther(ctx, user);
      const failure = await postToRoom(ctx, user, dmChannel(user.id, other.id));
      return failure
        ? await readDirect(ctx, user, failure)
        : seeOther(ctx.url.pathname);
    });
  },
});

/** @throws {HttpError} 404 for nobody, and for oneself: one does not converse alone */
async function findOther(ctx: Context<State>, user: User): Promise<User> {
  const other = await getUserByHandle(
    ctx.state.platform.kv,
    ctx.params.handle!,
  );
  if (!other || other.id === user.id) throw new HttpError(404);
  return other;
}

async function readDirect(
  ctx: Context<State>,
  user: User,
  failure: FormFailure | null,
) {
  const other = await findOther(ctx, user);
  const [frame, room] = await Promise.all([
    readFrame(ctx, user),
    readRoom(ctx, user, dmChannel(user.id, other.id)),
  ]);
  return page<DirectRoomProps>(
    { frame, room, failure, person: publicUser(other) },
    { status: failure ? 400 : 200 },
  );
}

export default define.page<typeof handler>(({ data }) => (
  <DirectRoom {...data} />
));
