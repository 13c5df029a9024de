import type { Context } from "fresh";
import type { State } from "../http/define.ts";
import { readerOf } from "../i18n/mod.ts";

/** What a form post has done, told on the page it leads to: `?done=guilds.joined`. */
const DONE = [
  "bounties.posted",
  "bounties.drafted",
  "bounties.saved",
  "bounties.accepted",
  "bounties.submitted",
  "bounties.reviewed",
  "bounties.cancelled",
  "guilds.joined",
  "guilds.left",
  "guilds.applied",
  "guilds.unapplied",
  "guilds.declined",
  "guilds.saved",
  "guilds.admitted",
  "guilds.rejected",
  "guilds.invited",
  "guilds.revoked",
  "guilds.roleChanged",
  "guilds.removed",
  "guilds.ended",
  "dispute.raised",
  "dispute.evidenceGiven",
  "dispute.escalated",
  "dispute.voted",
  "dispute.withdrawn",
  "dispute.decided",
  "settings.saved",
  "settings.revoked",
  "settings.pictureSaved",
  "settings.pictureRemoved",
  "notify.saved",
  "notify.muted",
  "notify.unmuted",
  "notify.deviceRemoved",
  "announce.sent",
  "ai.refreshed",
] as const;
type Done = typeof DONE[number];

/** A path that tells what was done. */
export function withFlash(path: string, done: Done): string {
  return `${path}${path.includes("?") ? "&" : "?"}done=${done}`;
}

/**
 * What was done, in words. Only known sentences are told: nobody's link puts words into our mouth.
 *
 * @param name what it was done to, as the page knows it
 */
export function readFlash(ctx: Context<State>, name = ""): string | null {
  const done = DONE.find((known) => known === ctx.url.searchParams.get("done"));
  if (!done) return null;
  const { t } = readerOf(ctx.state.user, null, ctx.state.platform.now);
  return t(done, { name });
}
