export {
  type Frame,
  type FrameRoom,
  readFrame,
  seeOther,
  toSignIn,
} from "./frame.ts";
export {
  type FormFailure,
  formFailure,
  orErrorPage,
  readForm,
} from "./failure.ts";
export { localPath, signInPath } from "./paths.ts";
export { readTheme, type Theme, themeCookie, THEMES } from "./theme.ts";
export { type Actor, listCast } from "./cast.ts";
export {
  type KnownConversation,
  listKnownConversations,
} from "./conversations.ts";
export {
  actInDispute,
  DISPUTE_ACTIONS,
  type DisputeFormAction,
} from "./dispute.ts";
export {
  actOnGuild,
  type GuildFormChoice,
  guildFormOf,
} from "./guild_settings.ts";
export { readFlash, withFlash } from "./flash.ts";
export { postToRoom, readRoom, type RoomSnapshot } from "./room.ts";
export { listAcquaintances } from "./acquaintances.ts";
export { browserName } from "./browser_name.ts";
export {
  type BountyView,
  type Named,
  type NamedGuild,
  readBountyChannels,
  readBountyView,
} from "./bounty_view.ts";
export { type BountyRow, nameBounties } from "./bounty_list.ts";
export { readPerson } from "./person.ts";
export {
  type FirstStep,
  type Fitting,
  type GuildNews,
  type HomeView,
  readHome,
  type Todo,
} from "./home.ts";
export { nameOfSubject } from "./mutable.ts";
