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
export {
  changeProfile,
  changeUser,
  noteActive,
  type ProfileDeps,
  updateProfile,
} from "./change.ts";
export { goneUserRows, INITIAL_TRUST, newUser, newUserRows } from "./rows.ts";
export { listUsersWithSkill, skillRows } from "./skills.ts";
export * from "./ranks/mod.ts";
export * from "./standing/mod.ts";
export { userEntry } from "./search_entry.ts";
export {
  findPicture,
  PICTURE_LIMIT,
  removePicture,
  setPicture,
} from "./picture.ts";
export { getProfile, getProfileByHandle } from "./profile.ts";
export { adminIds } from "./admins.ts";
