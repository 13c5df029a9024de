import { HttpError, page } from "fresh";
import type { Context } from "fresh";
import {
  type GuildForm,
  GuildSettings,
  type GuildSettingsProps,
} from "../../../components/guilds/GuildSettings.tsx";
import { mayAdministerGuild, mayOwnGuild } from "../../../lib/auth/policy.ts";
import {
  getGuild,
  listApplications,
  listInvitations,
  listMembers,
} from "../../../lib/guilds/mod.ts";
import { readQuery } from "../../../lib/http/body.ts";
import { define, type State } from "../../../lib/http/define.ts";
import { PageQuery } from "../../../lib/http/paging.ts";
import {
  actOnGuild,
  type FormFailure,
  formFailure,
  guildFormOf,
  orErrorPage,
  readFlash,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
} from "../../../lib/pages/mod.ts";
import type { User } from "../../../lib/users/mod.ts";

const MEMBERS = 50;
/** In which order a page of them is shown. */
const RANK = { owner: 0, officer: 1, member: 2 };

export const handler = define.handlers({
  GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(() => readSettings(ctx, user, null));
  },
  POST(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const form = await readForm(ctx.req);
      const which = guildFormOf(form);
      if (!which) throw new HttpError(400);
      try {
        return seeOther(await actOnGuild(ctx, user, which, form));
      } catch (error) {
        const failure = { ...formFailure(error, form), form: which.form };
        return await readSettings(ctx, user, failure);
      }
    });
  },
});

async function readSettings(
  ctx: Context<State>,
  user: User,
  failure: FormFailure & { form: GuildForm; status: number } | null,
) {
  const { platform } = ctx.state;
  const guild = await getGuild(platform.kv, ctx.params.id!);
  if (!guild) throw new HttpError(404);
  if (!mayAdministerGuild(user, guild)) throw new HttpError(403);
  const { cursor } = failure ? {} : readQuery(ctx.url, PageQuery.loose());
  const [frame, applications, invitations, members] = await Promise.all([
    readFrame(ctx, user),
    listApplications(platform, guild.id),
    listInvitations(platform, guild.id),
    listMembers(platform.kv, guild.id, { cursor, limit: MEMBERS }),
  ]);
  return page<GuildSettingsProps>(
    {
      frame,
      guild,
      owns: mayOwnGuild(user, guild),
      applications,
      invitations,
      members: members.items.toSorted((a, b) =>
        RANK[a.role] - RANK[b.role] || a.name.localeCompare(b.name)
      ),
      cursor: members.cursor,
      failure,
      flash: readFlash(ctx, guild.name),
    },
    { status: failure?.status ?? 200 },
  );
}

export default define.page<typeof handler>(({ data }) => (
  <GuildSettings {...data} />
));
