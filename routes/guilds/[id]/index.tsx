import { HttpError, page } from "fresh";
import {
  GuildRoom,
  type GuildRoomProps,
} from "../../../components/guilds/GuildRoom.tsx";
import {
  GuildDoor,
  type GuildDoorProps,
} from "../../../components/guilds/GuildDoor.tsx";
import { mayAdministerGuild } from "../../../lib/auth/policy.ts";
import {
  getGuild,
  getMembership,
  getOpenApplication,
  getOpenInvitation,
  listMembers,
} from "../../../lib/guilds/mod.ts";
import { define, type State } from "../../../lib/http/define.ts";
import {
  type FormFailure,
  orErrorPage,
  postToRoom,
  readFlash,
  readFrame,
  readRoom,
  seeOther,
  toSignIn,
} from "../../../lib/pages/mod.ts";
import { guildChannel, parseChannel } from "../../../lib/realtime/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import type { Context } from "fresh";

type Data = { room: GuildRoomProps } | { door: GuildDoorProps };

/** How many members the pane shows. */
const MEMBERS = 100;

export const handler = define.handlers({
  GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(() => readGuild(ctx, user, null));
  },
  POST(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const failure = await postToRoom(ctx, user, guildChannel(ctx.params.id!));
      return failure
        ? await readGuild(ctx, user, failure)
        : seeOther(ctx.url.pathname);
    });
  },
});

async function readGuild(
  ctx: Context<State>,
  user: User,
  failure: FormFailure | null,
) {
  const { platform } = ctx.state;
  const guild = await getGuild(platform.kv, ctx.params.id!);
  const channel = guild && parseChannel(guildChannel(guild.id));
  if (!guild || !channel) throw new HttpError(404);
  const [frame, membership, maySee] = await Promise.all([
    readFrame(ctx, user),
    getMembership(platform.kv, guild.id, user.id),
    platform.policy.may(user, "see", channel),
  ]);
  // What a guild is anybody may know; what is said in it only its members.
  if (!maySee) {
    const [application, invitation] = await Promise.all([
      getOpenApplication(platform, guild.id, user.id),
      getOpenInvitation(platform, guild.id, user.id),
    ]);
    const door = { frame, guild, application, invitation, failure: null };
    return page<Data>({ door }, { status: 403 });
  }
  const [room, members] = await Promise.all([
    readRoom(ctx, user, channel.name),
    listMembers(platform.kv, guild.id, { limit: MEMBERS }),
  ]);
  const flash = readFlash(ctx, guild.name);
  const role = membership?.role ?? null;
  return page<Data>({
    room: {
      frame,
      guild,
      role,
      leads: mayAdministerGuild(user, guild),
      room,
      failure,
      flash,
      members: members.items.map(({ id, handle, name, picture, role }) => ({
        id,
        handle,
        name,
        role,
        ...(picture && { picture }),
      })),
    },
  }, { status: failure ? 400 : 200 });
}

export default define.page<typeof handler>(({ data }) =>
  "door" in data ? <GuildDoor {...data.door} /> : <GuildRoom {...data.room} />
);
