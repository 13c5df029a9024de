export type { PublicUser, User } from "./types.ts";
export { Email, Handle, line, Name, ProfileChange } from "./fields.ts";
export { handleFrom, isHandle } from "./handles.ts";
export {
  getUser,
  getUserByEmail,
  getUserByHandle,
  getUsers,
  type OwnUser,
  ownUser,
  publicUser,
} from "./find.ts";
export { changeUser, noteActive, updateProfile } from "./change.ts";
export { INITIAL_TRUST, newUser, newUserRows } from "./rows.ts";
export { listUsersWithSkill, skillRows } from "./skills.ts";
export * from "./ranks/mod.ts";
export * from "./standing/mod.ts";
export { userEntry } from "./search_entry.ts";
