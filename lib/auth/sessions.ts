import { createHash, randomBytes } from "node:crypto";
import { type Clock, DAY, type IdMaker } from "../clock.ts";
import type { Caller } from "../http/caller.ts";
import { commit, del, keys, type Mutation, set, unchanged } from "../kv/mod.ts";
import { type EventLog, sessionEnded } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import type { Session } from "./session.ts";

/** Milliseconds that a session lasts without use. */
export const SESSION_LIFE = 30 * DAY;
/** A session used with less than this left is prolonged: at most one write in a fortnight. */
const RENEW_BELOW = SESSION_LIFE / 2;

interface Deps {
  log: EventLog;
  kv: Deno.Kv;
  now: Clock;
  newId: IdMaker;
}

/**
 * A new session and its rows. The token names the user before the dot, so that session and user are read in one
 * round trip; the hash covers both parts.
 */
export function newSession(
  { now, newId }: Pick<Deps, "now" | "newId">,
  userId: string,
  caller: Caller,
): { token: string; session: Session; mutations: Mutation[] } {
  const token = `${userId}.${randomBytes(32).toString("base64url")}`;
  const at = now();
  const session: Session = {
    id: newId(),
    tokenHash: hashToken(token),
    userId,
    createdAt: at,
    expiresAt: at + SESSION_LIFE,
    userAgent: caller.userAgent,
    device: caller.device,
  };
  return { token, session, mutations: sessionRows(session, SESSION_LIFE) };
}

function sessionRows(session: Session, life: number): Mutation[] {
  return [
    set(keys.session(session.tokenHash), session, life),
    set(keys.sessionOfUser(session.userId, session.tokenHash), session, life),
  ];
}

/** The rows whose deletion ends a session. */
export function endedSessionRows(
  session: Pick<Session, "userId" | "tokenHash">,
): Mutation[] {
  return [
    del(keys.session(session.tokenHash)),
    del(keys.sessionOfUser(session.userId, session.tokenHash)),
  ];
}

/** Whom a token belongs to. Uncached, one round trip: signing out takes effect everywhere at once. */
export async function findSession(
  { kv, now }: Pick<Deps, "kv" | "now">,
  token: string,
): Promise<{ session: Session; user: User } | null> {
  const dot = token.indexOf(".");
  if (dot < 1 || token.length > 200) return null;
  const [session, user] = await kv.getMany<[Session, User]>([
    keys.session(hashToken(token)),
    keys.user(token.slice(0, dot)),
  ]);
  if (session.value === null || user.value === null) return null;
  // `expireIn` may leave a row readable for a minute more.
  if (
    session.value.expiresAt <= now() || session.value.userId !== user.value.id
  ) return null;
  return { session: session.value, user: user.value };
}

/** Prolongs a session that is past its middle; returns it if so. */
export async function renewSession(
  { kv, now }: Pick<Deps, "kv" | "now">,
  session: Session,
): Promise<Session | null> {
  if (session.expiresAt - now() > RENEW_BELOW) return null;
  const entry = await kv.get<Session>(keys.session(session.tokenHash));
  if (entry.value === null) return null;
  const renewed = { ...entry.value, expiresAt: now() + SESSION_LIFE };
  // Checked: prolonging must not bring back a session that is being ended.
  const committed = await commit(kv, {
    checks: [unchanged(entry)],
    mutations: sessionRows(renewed, SESSION_LIFE),
  });
  return committed ? renewed : null;
}

/** Ends a session; its open sockets are closed in the same commit's wake. */
export async function endSession(
  { log }: Pick<Deps, "log">,
  session: Session,
): Promise<void> {
  await log.append({
    events: [sessionEnded(session.tokenHash)],
    mutations: endedSessionRows(session),
  });
}

/** A user's live sessions, newest first. */
export async function listSessions(
  { kv, now }: Pick<Deps, "kv" | "now">,
  userId: string,
): Promise<Session[]> {
  const sessions: Session[] = [];
  for await (
    const { value } of kv.list<Session>({ prefix: keys.sessionsOfUser(userId) })
  ) {
    if (value.expiresAt > now()) sessions.push(value);
  }
  return sessions.sort((a, b) => b.createdAt - a.createdAt);
}

/** Ends one of a user's sessions by its id; `false` if there is none. */
export async function revokeSession(
  deps: Pick<Deps, "kv" | "now" | "log">,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  const session = (await listSessions(deps, userId)).find((s) =>
    s.id === sessionId
  );
  if (!session) return false;
  await endSession(deps, session);
  return true;
}

/** Ends all of a user's sessions, `except` one; returns how many. */
export async function revokeSessions(
  deps: Pick<Deps, "kv" | "now" | "log">,
  userId: string,
  except?: Session,
): Promise<number> {
  const ended = (await listSessions(deps, userId)).filter((s) =>
    s.tokenHash !== except?.tokenHash
  );
  await Promise.all(ended.map((session) => endSession(deps, session)));
  return ended.length;
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
