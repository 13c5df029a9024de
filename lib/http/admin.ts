import type { Context } from "fresh";
import { findSession } from "../auth/mod.ts";
import { NexoraError } from "../errors.ts";
import type { Platform } from "../platform.ts";
import { GLOBAL_CHANNEL, parseChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { readSessionCookie } from "./cookies.ts";
import type { State } from "./define.ts";
import { requireUser } from "./session.ts";

type Ctx = Pick<Context<State>, "req" | "state">;

const PLATFORM = parseChannel(GLOBAL_CHANNEL)!;

/** Whether somebody looks after the platform as a whole. */
export function isAdmin(
  { policy }: Pick<Platform, "policy">,
  user: User | null,
): Promise<boolean> {
  return policy.may(user, "administer", PLATFORM);
}

/** The signed-in admin. @throws {NexoraError} `unauthenticated`, `forbidden` */
export async function requireAdmin({ state }: Ctx): Promise<User> {
  const user = requireUser({ state });
  if (await isAdmin(state.platform, user)) return user;
  throw new NexoraError("forbidden", "This is for admins");
}

/** Asks again, for answers that last: whether the request's session still is an admin's. */
export async function stillAdmin({ req, state }: Ctx): Promise<boolean> {
  const { platform } = state;
  const token = readSessionCookie(req.headers, platform.config.production);
  const found = token ? await findSession(platform, token) : null;
  return await isAdmin(platform, found?.user ?? null);
}
