export type * from "./types.ts";
export type * from "./reading/types.ts";
export type * from "./choices/types.ts";
export type * from "./scheduled/types.ts";
export type * from "./threads/types.ts";
export type * from "./moderation/types.ts";
export {
  DraftChange,
  DraftQuery,
  Emoji,
  MAX_CONTENT,
  MessageEdit,
  MessagesQuery,
  NewMessage,
  NewScheduled,
  PinChange,
  ReactionChange,
  ReadChange,
  RoomChoiceChange,
  ScheduledChange,
  SinceQuery,
  ThreadQuery,
  ThreadReadChange,
} from "./fields.ts";
export type { MessageDeps } from "./change.ts";
export { enterRoom } from "./room.ts";
export type { SendMessage } from "./compose.ts";
export { sendMessage, type SentMessage } from "./send.ts";
export { CLIENT_ID_KEPT } from "./once.ts";
export { type EditMessage, editMessage } from "./edit.ts";
export { removeMessage } from "./remove.ts";
export { listVersions } from "./history.ts";
export { listReactions, type React, react } from "./react.ts";
export { listPins, pinMessage } from "./pin.ts";
export { DROP_FILES } from "./files.ts";
export { getMessage } from "./find.ts";
export { firstSince } from "./first_since.ts";
export {
  listConversations,
  type ListMessages,
  listMessages,
  listThread,
  type MessagesPage,
  type ThreadPage,
} from "./list.ts";
export { tellTyping } from "./typing.ts";
export {
  conversationRows,
  headRows,
  newMessage,
  placeMessage,
} from "./rows.ts";
export type { AuthorHead, RoomHead } from "./ledger.ts";
export { registerMessageJobs } from "./jobs.ts";
export {
  getReadState,
  type MarkAt,
  markRead,
  type ReadingDeps,
} from "./reading/mark.ts";
export { listRail, markAllRead } from "./reading/rail.ts";
export { listOwnRooms, type OwnRoom } from "./reading/rooms.ts";
export { firstUnread, listReaders, listReceipts } from "./reading/receipts.ts";
export {
  type ChoiceOverview,
  readChoices,
  starredPeople,
} from "./choices/overview.ts";
export { chooseForRoom, getRoomChoice } from "./choices/choose.ts";
export { tellOfMute } from "./choices/muted_elsewhere.ts";
export { getDraft, listDrafts, saveDraft } from "./reading/drafts.ts";
export { findPeople, peopleOf } from "./people.ts";
export { forgetRoom } from "./forget.ts";
export { cancelScheduled, editScheduled } from "./scheduled/change.ts";
export { listScheduled } from "./scheduled/list.ts";
export { type ScheduleMessage, scheduleMessage } from "./scheduled/schedule.ts";
export {
  MuteRequest,
  ReportAnswer,
  ReportRequest,
  ReportState,
  SettingsChange,
} from "./moderation/fields.ts";
export {
  changeRoomSettings,
  getOwnRights,
  getRoomSettings,
  type ModerationDeps,
  type OwnRights,
} from "./moderation/settings.ts";
export { listMutes, muteMember, unmuteMember } from "./moderation/mutes.ts";
export { blockUser, listBlocked, unblockUser } from "./moderation/blocks.ts";
export { reportMessage } from "./moderation/reports.ts";
export {
  answerReport,
  findReportRoom,
  listOpenReports,
  listReports,
} from "./moderation/report_queue.ts";
export { listAudit } from "./moderation/audit.ts";
export {
  type MessageHit,
  type MessageHits,
  searchMessages,
} from "./search/search.ts";
export { reindexMessages } from "./search/rebuild.ts";
export { exportRoom, getChain } from "./export/export.ts";
export { type Verification, verifyExport } from "./export/verify.ts";
export type { RoomExport } from "./export/types.ts";
export { readMarkRows } from "./reading/read_mark.ts";
export {
  followThread,
  getThreadState,
  markThreadRead,
} from "./threads/mark.ts";
export { listStatesOf, listThreads, listThreadStates } from "./threads/list.ts";
