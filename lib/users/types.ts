import type { Absence } from "./standing/absence.ts";

/** A person. `id` matches `[A-Za-z0-9_]{1,64}`; `handle` is unique, lower case, `[a-z0-9-]{2,32}`. */
export interface User {
  id: string;
  handle: string;
  name: string;
  email: string;
  /** Platform-wide role. */
  role: "member" | "admin";
  bio: string;
  skills: string[];
  /** 0–1000. */
  trust: number;
  rank: string;
  /** BCP 47, e.g. `en`. */
  locale: string;
  /** IANA name, e.g. `Europe/Berlin`. */
  timeZone: string;
  /** Names their picture's content, in `/avatars/{id}/{picture}`; absent without one. */
  picture?: string;
  createdAt: number;
  lastActiveAt: number;
  /** Trust that was lost by being away; absent before the first loss. */
  absence?: Absence;
  /** Made by the demo seed: may be entered with one click when DEMO=1. */
  demo?: true;
}

/** What others may see of a person. */
export type PublicUser = Pick<
  User,
  | "id"
  | "handle"
  | "name"
  | "bio"
  | "skills"
  | "trust"
  | "rank"
  | "picture"
  | "createdAt"
>;
