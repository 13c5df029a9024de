export type { PublicUser, User } from "./types.ts";
