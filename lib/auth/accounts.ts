import { activityRow } from "../activity/mod.ts";
import { NexoraError } from "../errors.ts";
import type { Caller } from "../http/caller.ts";
import { commit, keys, type Mutation, retryConflicts, set } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import {
  getUserByEmail,
  getUserByHandle,
  handleFrom,
  newUser,
  newUserRows,
  type User,
} from "../users/mod.ts";
import {
  countAttempt,
  forgetAttempts,
  returnAttempt,
  SIGN_IN_ACCOUNT,
  SIGN_IN_ADDRESS,
  SIGN_UP_ADDRESS,
} from "./attempts.ts";
import type { PasswordChange, SignInForm, SignUpForm } from "./forms.ts";
import {
  hashPassword,
  needsRehash,
  PASSWORD_COST,
  type ScryptCost,
  verifyPassword,
} from "./password.ts";
import type { Session } from "./session.ts";
import { endedSessionRows, newSession, revokeSessions } from "./sessions.ts";

export type AccountDeps = Pick<Deps, "kv" | "now" | "newId" | "log"> & {
  /** Tests make it cheap. */
  passwordCost?: ScryptCost;
};

/** Somebody who has just signed in: `token` goes into the cookie and nowhere else. */
export interface SignedIn {
  user: User;
  session: Session;
  token: string;
}

interface Credential {
  password: string;
  changedAt: number;
}

/**
 * Makes an account and signs it in.
 *
 * @throws {NexoraError} `already_exists` with `fields` when the address or handle is taken, `rate_limited`
 */
export async function signUp(
  deps: AccountDeps,
  form: SignUpForm,
  caller: Caller,
  replaces?: Session | null,
): Promise<SignedIn> {
  const { kv, now, newId } = deps;
  await countAttempt(deps, SIGN_UP_ADDRESS, caller.address);
  const password = await hashPassword(form.password, deps.passwordCost);
  const id = newId();
  let tries = 0;
  let latest: SignedIn | undefined;
  return await retryConflicts(async () => {
    const owner = (await kv.get<string>(keys.userByEmail(form.email))).value;
    // A commit that failed on its way back has happened all the same.
    if (latest && owner === id) return latest;
    if (owner !== null) throw taken("email");
    const handle = form.handle ?? numbered(handleFrom(form.name), tries++);
    if ((await kv.get(keys.userByHandle(handle))).value !== null) {
      if (form.handle) throw taken("handle");
      return null;
    }
    const user = newUser({
      id,
      handle,
      name: form.name,
      email: form.email,
      createdAt: now(),
    });
    const rows = newUserRows(user);
    const { token, session, mutations } = newSession(deps, user.id, caller);
    const did = { actorId: user.id, device: caller.device };
    const committed = await commit(kv, {
      checks: rows.checks,
      mutations: [
        ...rows.mutations,
        ...mutations,
        ...rotated(replaces),
        set(
          keys.credential(user.id),
          { password, changedAt: now() } satisfies Credential,
        ),
        activityRow(deps, { kind: "user_registered", ...did }),
      ],
    });
    latest = { user, session, token };
    return committed ? latest : null;
  });
}

/** `ada`, then `ada-2`, `ada-3`, and where those are taken something that is not. */
function numbered(handle: string, tries: number): string {
  if (tries === 0) return handle;
  const number = tries < 4
    ? tries + 1
    : 1_000 + crypto.getRandomValues(new Uint16Array(1))[0]!;
  return `${handle.slice(0, 26)}-${number}`;
}

function taken(field: "email" | "handle"): NexoraError {
  const message = field === "email"
    ? "There is an account with this address"
    : "This handle is taken";
  return new NexoraError("already_exists", message, {
    fields: { [field]: message },
  });
}

/** Signing in ends the session that the browser had, so that a planted cookie is worth nothing. */
function rotated(replaces: Session | null | undefined): Mutation[] {
  return replaces ? endedSessionRows(replaces) : [];
}

/**
 * Signs in. Unknown address and wrong password take as long and read the same.
 *
 * @throws {NexoraError} `bad_credentials`, `rate_limited`
 */
export async function signIn(
  deps: AccountDeps,
  { email, password }: SignInForm,
  caller: Caller,
  replaces?: Session | null,
): Promise<SignedIn> {
  await countAttempt(deps, SIGN_IN_ADDRESS, caller.address);
  await countAttempt(deps, SIGN_IN_ACCOUNT, email);
  const user = await getUserByEmail(deps.kv, email);
  const stored = user &&
    (await deps.kv.get<Credential>(keys.credential(user.id))).value;
  const right = await verifyPassword(
    password,
    stored?.password,
    deps.passwordCost,
  );
  if (!user || !stored || !right) throw new NexoraError("bad_credentials");
  await forgetAttempts(deps, SIGN_IN_ACCOUNT, email);
  await returnAttempt(deps, SIGN_IN_ADDRESS, caller.address);
  const extra: Mutation[] = [];
  if (needsRehash(stored.password, deps.passwordCost ?? PASSWORD_COST)) {
    const credential = {
      ...stored,
      password: await hashPassword(password, deps.passwordCost),
    };
    extra.push(set(keys.credential(user.id), credential));
  }
  return await enter(deps, user, caller, replaces, extra);
}

/**
 * Signs in as a user of the demo world, without a password. Only called when `config.demo` is on.
 *
 * @throws {NexoraError} `not_found` for anybody who is not of the demo world
 */
export async function signInDemo(
  deps: AccountDeps,
  handle: string,
  caller: Caller,
  replaces?: Session | null,
): Promise<SignedIn> {
  const user = await getUserByHandle(deps.kv, handle);
  if (!user?.demo) {
    throw new NexoraError(
      "not_found",
      "There is no demo user with this handle",
    );
  }
  return await enter(deps, user, caller, replaces, []);
}

async function enter(
  deps: AccountDeps,
  user: User,
  caller: Caller,
  replaces: Session | null | undefined,
  extra: Mutation[],
): Promise<SignedIn> {
  const { token, session, mutations } = newSession(deps, user.id, caller);
  await commit(deps.kv, {
    mutations: [
      ...rotated(replaces),
      ...mutations,
      ...extra,
      activityRow(deps, {
        kind: "user_signed_in",
        actorId: user.id,
        device: caller.device,
      }),
    ],
  });
  return { user, session, token };
}

/**
 * Makes sure that it is somebody themself who asks, and not who found their browser open.
 *
 * @param field names the form's field in the error
 * @throws {NexoraError} `bad_credentials`, `rate_limited`
 */
export async function confirmPassword(
  deps: Pick<AccountDeps, "kv" | "now" | "passwordCost">,
  user: Pick<User, "id" | "email">,
  password: string,
  field: string,
): Promise<void> {
  await countAttempt(deps, SIGN_IN_ACCOUNT, user.email);
  const stored =
    (await deps.kv.get<Credential>(keys.credential(user.id))).value;
  if (!await verifyPassword(password, stored?.password, deps.passwordCost)) {
    throw new NexoraError("bad_credentials", "The present password is wrong", {
      fields: { [field]: "This is not your present password" },
    });
  }
  await forgetAttempts(deps, SIGN_IN_ACCOUNT, user.email);
}

/**
 * Changes the password and ends all other sessions.
 *
 * @throws {NexoraError} `bad_credentials`, `rate_limited`
 */
export async function changePassword(
  deps: AccountDeps,
  user: User,
  session: Session,
  { current, password }: PasswordChange,
): Promise<void> {
  await confirmPassword(deps, user, current, "current");
  const credential: Credential = {
    password: await hashPassword(password, deps.passwordCost),
    changedAt: deps.now(),
  };
  await commit(deps.kv, {
    mutations: [set(keys.credential(user.id), credential)],
  });
  await revokeSessions(deps, user.id, session);
}
