import type { Context } from "fresh";
import { z } from "zod";
import { NexoraError } from "../errors.ts";
import {
  acceptApplication,
  endGuild,
  GuildChange,
  GuildEnd,
  InvitationForm,
  inviteToGuild,
  rejectApplication,
  Rejection,
  removeMember,
  revokeInvitation,
  RoleChange,
  setRole,
  updateGuild,
} from "../guilds/mod.ts";
import { parseFields } from "../http/body.ts";
import type { State } from "../http/define.ts";
import { getUserByHandle, type User } from "../users/mod.ts";
import { withFlash } from "./flash.ts";

/** The forms of a guild's settings. */
const FORMS = [
  "edit",
  "accept",
  "reject",
  "invite",
  "revoke",
  "role",
  "remove",
  "end",
] as const;

/** A form with what its button says besides: `role:officer`. */
export interface GuildFormChoice {
  form: typeof FORMS[number];
  value: string;
}

/** Which of the settings' forms this is; `null` for none of them. */
export function guildFormOf(form: FormData): GuildFormChoice | null {
  const [name, value = ""] = String(form.get("action") ?? "").split(":");
  const known = FORMS.find((one) => one === name);
  return known ? { form: known, value } : null;
}

const Whom = z.object({ userId: z.string().min(1).max(64) });

/** Does what one of the settings' forms says; the path to go on to. @throws {NexoraError} what the action refuses */
export async function actOnGuild(
  ctx: Context<State>,
  user: User,
  { form, value }: GuildFormChoice,
  data: FormData,
): Promise<string> {
  const { platform } = ctx.state;
  const id = ctx.params.id!;
  const fields = Object.fromEntries(data);
  const path = `/guilds/${encodeURIComponent(id)}/settings`;
  const whom = () => parseFields(Whom, fields).userId;
  switch (form) {
    case "edit":
      await updateGuild(platform, user, id, parseFields(GuildChange, fields));
      return withFlash(path, "guilds.saved");
    case "accept":
      await acceptApplication(platform, user, id, whom());
      return withFlash(path, "guilds.admitted");
    case "reject": {
      const { reason } = parseFields(Rejection, fields);
      await rejectApplication(platform, user, id, whom(), reason);
      return withFlash(path, "guilds.rejected");
    }
    case "invite": {
      const { handle, note } = parseFields(InvitationForm, fields);
      const invited = await getUserByHandle(platform.kv, handle);
      if (!invited) {
        throw new NexoraError("bad_request", undefined, {
          fields: { handle: `Nobody is called @${handle}` },
        });
      }
      await inviteToGuild(platform, user, id, invited, note);
      return withFlash(path, "guilds.invited");
    }
    case "revoke":
      await revokeInvitation(platform, user, id, whom());
      return withFlash(path, "guilds.revoked");
    case "role": {
      const { role } = parseFields(RoleChange, { role: value });
      await setRole(platform, user, id, whom(), role);
      return withFlash(path, "guilds.roleChanged");
    }
    case "remove":
      await removeMember(platform, user, id, whom());
      return withFlash(path, "guilds.removed");
    case "end":
      await endGuild(platform, user, id, parseFields(GuildEnd, fields).name);
      return withFlash("/guilds", "guilds.ended");
  }
}
