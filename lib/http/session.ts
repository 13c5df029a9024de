import type { Context } from "fresh";
import type { SignedIn } from "../auth/mod.ts";
import { NexoraError } from "../errors.ts";
import type { User } from "../users/mod.ts";
import { type Caller, callerOf } from "./caller.ts";
import { clearedSessionCookie, sessionCookie } from "./cookies.ts";
import type { State } from "./define.ts";

type Ctx = Pick<Context<State>, "req" | "info" | "state">;

/** The signed-in user. @throws {NexoraError} `unauthenticated` */
export function requireUser({ state }: Pick<Ctx, "state">): User {
  if (state.user === null) throw new NexoraError("unauthenticated");
  return state.user;
}

/** Who is calling, for limits and fingerprints. */
export function caller(ctx: Ctx): Caller {
  const { app, origin } = ctx.state.platform.config;
  // A public origin is configured exactly where a proxy stands in front.
  return callerOf(ctx, { salt: app.secret, behindProxy: origin !== undefined });
}

/** The headers that make a browser keep a new session. */
export function signedInHeaders(
  { state }: Pick<Ctx, "state">,
  { session, token }: SignedIn,
): Headers {
  const { config, now } = state.platform;
  const headers = new Headers();
  headers.append(
    "set-cookie",
    sessionCookie(token, session.expiresAt - now(), config.production),
  );
  return headers;
}

/** The headers that make a browser forget its session. */
export function signedOutHeaders({ state }: Pick<Ctx, "state">): Headers {
  const headers = new Headers();
  headers.append(
    "set-cookie",
    clearedSessionCookie(state.platform.config.production),
  );
  return headers;
}
