import { HttpError, page } from "fresh";
import type { Context } from "fresh";
import {
  GuildAbout,
  type GuildAboutProps,
} from "../../../components/guilds/GuildAbout.tsx";
import { mayAdministerGuild } from "../../../lib/auth/policy.ts";
import {
  acceptInvitation,
  ApplicationForm,
  applyToGuild,
  declineInvitation,
  getGuild,
  getGuildProfile,
  getMembership,
  getOpenApplication,
  getOpenInvitation,
  listMembers,
  withdrawApplication,
} from "../../../lib/guilds/mod.ts";
import { isAdmin } from "../../../lib/http/admin.ts";
import { parseFields } from "../../../lib/http/body.ts";
import { define, type State } from "../../../lib/http/define.ts";
import { caller } from "../../../lib/http/session.ts";
import {
  type FormFailure,
  formFailure,
  orErrorPage,
  readFlash,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
  withFlash,
} from "../../../lib/pages/mod.ts";
import type { User } from "../../../lib/users/mod.ts";

/** Faces on the page; the settings have everybody. */
const FACES = 24;

export const handler = define.handlers({
  GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(() => readAbout(ctx, user, null));
  },
  /** What somebody outside does at the door. */
  POST(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const form = await readForm(ctx.req);
      try {
        return seeOther(await atTheDoor(ctx, user, form));
      } catch (error) {
        return await readAbout(ctx, user, formFailure(error, form));
      }
    });
  },
});

/** Does it; the path to go on to. */
async function atTheDoor(
  ctx: Context<State>,
  user: User,
  form: FormData,
): Promise<string> {
  const { platform } = ctx.state;
  const id = ctx.params.id!;
  const path = `/guilds/${encodeURIComponent(id)}`;
  switch (form.get("action")) {
    case "apply": {
      const { note } = parseFields(ApplicationForm, Object.fromEntries(form));
      await applyToGuild(platform, id, user, note);
      return withFlash(`${path}/about`, "guilds.applied");
    }
    case "withdraw":
      await withdrawApplication(platform, id, user.id);
      return withFlash(`${path}/about`, "guilds.unapplied");
    case "accept":
      await acceptInvitation(platform, id, user, caller(ctx).device);
      return withFlash(path, "guilds.joined");
    case "decline":
      await declineInvitation(platform, id, user.id);
      return withFlash(`${path}/about`, "guilds.declined");
    default:
      throw new HttpError(400);
  }
}

async function readAbout(
  ctx: Context<State>,
  user: User,
  failure: FormFailure & { status?: number } | null,
) {
  const { platform } = ctx.state;
  const guild = await getGuild(platform.kv, ctx.params.id!);
  if (!guild) throw new HttpError(404);
  const [frame, membership, application, invitation, profile, members] =
    await Promise.all([
      readFrame(ctx, user),
      getMembership(platform.kv, guild.id, user.id),
      getOpenApplication(platform, guild.id, user.id),
      getOpenInvitation(platform, guild.id, user.id),
      getGuildProfile(platform, guild.id),
      listMembers(platform.kv, guild.id, { limit: FACES }),
    ]);
  const rank = { owner: 0, officer: 1, member: 2 };
  return page<GuildAboutProps>(
    {
      frame,
      guild,
      role: membership?.role ?? null,
      inside: membership !== null || await isAdmin(platform, user),
      leads: mayAdministerGuild(user, guild),
      application,
      invitation,
      profile,
      members: members.items.toSorted((a, b) =>
        rank[a.role] - rank[b.role] || a.name.localeCompare(b.name)
      ),
      failure,
      flash: readFlash(ctx, guild.name),
    },
    { status: failure?.status ?? 200 },
  );
}

export default define.page<typeof handler>(({ data }) => (
  <GuildAbout {...data} />
));
