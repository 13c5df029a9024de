/** The rules of applications and invitations, without a store: what may follow what. */
import { DAY } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import type { Application, Invitation } from "./types.ts";

/** Who was rejected may ask the same guild again after this, in milliseconds. */
export const APPLY_AGAIN = 7 * DAY;
/** For this long an invitation can be accepted, in milliseconds. */
export const INVITATION_LIFE = 14 * DAY;
/** Who declined is not invited by the same guild again before this, in milliseconds. */
export const INVITE_AGAIN = 30 * DAY;
/** Who was put out stays out for this long, unless they are invited back; milliseconds. */
export const BARRED = 30 * DAY;

const APPLICATION_ENDS = {
  accept: "accepted",
  reject: "rejected",
  withdraw: "withdrawn",
} as const;
export type ApplicationEnd = keyof typeof APPLICATION_ENDS;

const INVITATION_ENDS = {
  accept: "accepted",
  decline: "declined",
  revoke: "revoked",
} as const;
export type InvitationEnd = keyof typeof INVITATION_ENDS;

export function isOpenApplication(
  application: Application | null,
): application is Application & { state: "open" } {
  return application?.state === "open";
}

export function isOpenInvitation(
  invitation: Invitation | null,
  at: number,
): invitation is Invitation & { state: "open" } {
  return invitation?.state === "open" && invitation.expiresAt > at;
}

/**
 * A new application after `before`, the last one.
 *
 * @throws {NexoraError} `already_exists` while one is open, `rate_limited` for a week after a rejection
 */
export function applied(
  before: Application | null,
  given: Pick<Application, "guildId" | "userId" | "note">,
  at: number,
): Application {
  if (isOpenApplication(before)) {
    throw new NexoraError("already_exists", "Your application is waiting");
  }
  const again = before?.state === "rejected"
    ? before.decidedAt! + APPLY_AGAIN
    : 0;
  if (again > at) {
    throw new NexoraError(
      "rate_limited",
      "This guild declined you lately. Apply again in some days",
      { retryAfter: Math.ceil((again - at) / 1_000) },
    );
  }
  return {
    ...given,
    state: "open",
    createdAt: at,
    decidedAt: null,
    decidedBy: null,
    reason: null,
  };
}

/** @throws {NexoraError} `not_found`, `illegal_transition` when it is not open any more */
export function endApplication(
  before: Application | null,
  end: ApplicationEnd,
  by: string,
  at: number,
  reason: string | null = null,
): Application {
  if (!before) throw new NexoraError("not_found", "There is no application");
  if (!isOpenApplication(before)) {
    throw new NexoraError(
      "illegal_transition",
      `This application was ${before.state} before`,
    );
  }
  const state = APPLICATION_ENDS[end];
  return { ...before, state, decidedAt: at, decidedBy: by, reason };
}

/**
 * A new invitation after `before`, the last one.
 *
 * @throws {NexoraError} `already_exists` while one is open, `rate_limited` for a month after it was declined
 */
export function invited(
  before: Invitation | null,
  given: Pick<Invitation, "id" | "guildId" | "userId" | "inviterId" | "note">,
  at: number,
): Invitation {
  if (isOpenInvitation(before, at)) {
    throw new NexoraError("already_exists", "They are invited already");
  }
  const again = before?.state === "declined"
    ? before.decidedAt! + INVITE_AGAIN
    : 0;
  if (again > at) {
    throw new NexoraError(
      "rate_limited",
      "They declined lately. They can still apply by themselves",
      { retryAfter: Math.ceil((again - at) / 1_000) },
    );
  }
  return {
    ...given,
    state: "open",
    createdAt: at,
    expiresAt: at + INVITATION_LIFE,
    decidedAt: null,
  };
}

/** @throws {NexoraError} `not_found`, `illegal_transition` when it is not open any more */
export function endInvitation(
  before: Invitation | null,
  end: InvitationEnd,
  at: number,
): Invitation {
  if (!before) throw new NexoraError("not_found", "There is no invitation");
  if (!isOpenInvitation(before, at)) {
    throw new NexoraError(
      "illegal_transition",
      before.state === "open"
        ? "This invitation has expired. Ask for another one"
        : `This invitation was ${before.state} before`,
    );
  }
  return { ...before, state: INVITATION_ENDS[end], decidedAt: at };
}
