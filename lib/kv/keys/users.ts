/** Keys of users and sessions. */
type Key = Deno.KvKey;

export const user = (userId: string): Key => ["users", userId];
export const usersPrefix = (): Key => ["users"];
export const userByHandle = (
  handle: string,
): Key => ["usersByHandle", handle.toLowerCase()];
export const userByEmail = (
  email: string,
): Key => ["usersByEmail", email.toLowerCase()];
/** Somebody who was there once: `{at}`. */
export const userGone = (userId: string): Key => ["usersGone", userId];
export const credential = (userId: string): Key => ["credentials", userId];
export const session = (tokenHash: string): Key => ["sessions", tokenHash];
export const sessionOfUser = (
  userId: string,
  tokenHash: string,
): Key => ["sessionsOfUser", userId, tokenHash];
export const sessionsOfUser = (
  userId: string,
): Key => ["sessionsOfUser", userId];
export const attempts = (
  scope: string,
  subject: string,
): Key => ["attempts", scope, subject];
/** People who name a skill, spread over 256 buckets by id: who looks begins anywhere, so that nobody is always first. */
export const userWithSkill = (
  skill: string,
  bucket: number,
  userId: string,
): Key => ["usersWithSkill", skill, bucket, userId];
export const usersWithSkill = (skill: string): Key => ["usersWithSkill", skill];
export const usersWithSkillFrom = (
  skill: string,
  bucket: number,
): Key => ["usersWithSkill", skill, bucket];
