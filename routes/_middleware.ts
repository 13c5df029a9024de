import { HttpError } from "fresh";
import { findSession, renewSession, SESSION_LIFE } from "../lib/auth/mod.ts";
import { NexoraError } from "../lib/errors.ts";
import { readSessionCookie, sessionCookie } from "../lib/http/cookies.ts";
import { define } from "../lib/http/define.ts";
import { secured } from "../lib/http/headers.ts";
import { isSafeMethod, isSameOrigin } from "../lib/http/origin.ts";
import { problem } from "../lib/http/problem.ts";
import { isVisit } from "../lib/http/visit.ts";
import { visitPage } from "../lib/notifications/mod.ts";
import { noteActive } from "../lib/users/mod.ts";

/** These carry a signature or a secret of their own, or nothing at all: no cookie counts there. */
const WITHOUT_SESSION =
  /^\/(apps\/|api\/cron\/|unsubscribe\/|metrics$|healthz$|_fresh\/)/;

/** Programs get a problem document, people the error page. */
const FOR_PROGRAMS = /^\/(api|apps|app)\/|^\/(metrics|healthz)$/;

/** Reads the session, refuses writes from other origins, gives errors their form. */
export default define.middleware(async (ctx) => {
  const { req, url, state } = ctx;
  const { config } = state.platform;
  state.user = null;
  state.session = null;
  try {
    let renewed: string | undefined;
    if (!WITHOUT_SESSION.test(url.pathname)) {
      if (!isSafeMethod(req.method) && !isSameOrigin(req, config.origin)) {
        throw new NexoraError("bad_origin");
      }
      const token = readSessionCookie(req.headers, config.production);
      const found = token && await findSession(state.platform, token);
      if (token && found) {
        state.user = found.user;
        state.session = found.session;
        const session = await renewSession(state.platform, found.session);
        if (session) {
          state.session = session;
          renewed = sessionCookie(token, SESSION_LIFE, config.production);
        }
        // Being active is worth a row an hour, and never worth a failed request.
        await noteActive(state.platform, found.user).catch(() => {});
        if (isVisit(req)) {
          // Before the page is made, so that its bell counts right. The page itself matters more.
          await visitPage(state.platform, found.user.id, url.pathname)
            .catch(() => {});
        }
      }
    }
    const response = secured(await ctx.next(), config.production);
    if (renewed && !response.headers.has("set-cookie")) {
      response.headers.append("set-cookie", renewed);
    }
    return response;
  } catch (error) {
    if (FOR_PROGRAMS.test(url.pathname)) {
      return secured(problem(error), config.production);
    }
    if (!(error instanceof NexoraError)) throw error;
    throw new HttpError(error.status, error.message, { cause: error });
  }
});
