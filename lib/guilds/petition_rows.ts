import { DAY } from "../clock.ts";
import { del, keys, type Mutation, set } from "../kv/mod.ts";
import { asks, settleAsk } from "../notifications/asks.ts";
import type { NewJob } from "../queue/types.ts";
import { isOpenApplication } from "./petitions.ts";
import type { Application, Invitation } from "./types.ts";

/** For this long it is known what became of an application or invitation. */
const KEPT = 180 * DAY;

/** The rows of an application as it is now; the index of those that wait follows its state. */
export function applicationRows(application: Application): Mutation[] {
  const { guildId, userId, createdAt } = application;
  const open = isOpenApplication(application);
  const index = keys.openApplication(guildId, createdAt, userId);
  const kept = open ? undefined : KEPT;
  return [
    set(keys.guildApplication(guildId, userId), application, kept),
    set(keys.applicationOfUser(userId, guildId), application, kept),
    open ? set(index, application) : del(index),
  ];
}

/** The rows of an invitation as it is now. One that nobody answers leaves the lists by itself. */
export function invitationRows(
  invitation: Invitation,
  at: number,
): Mutation[] {
  const { guildId, userId, createdAt, expiresAt, state } = invitation;
  const index = keys.openInvitation(guildId, createdAt, userId);
  const mine = keys.invitationOfUser(userId, guildId);
  const left = Math.max(1, expiresAt - at);
  return [
    set(keys.guildInvitation(guildId, userId), invitation, KEPT),
    ...state === "open"
      ? [set(mine, invitation, left), set(index, invitation, left)]
      : [del(mine), del(index)],
  ];
}

/** What an application asks of the officers, and an invitation of who is invited. */
export const askOf = {
  application: ({ guildId, userId, createdAt }: Application) =>
    asks.answerApplication(guildId, userId, createdAt),
  invitation: ({ id }: Invitation) => asks.answerInvitation(id),
};

/** The rows of an application that has ended, and that it is asked of nobody any more. */
export function endedApplication(
  application: Application,
  by: string | null,
): { mutations: Mutation[]; jobs: NewJob[] } {
  const { state, decidedAt } = application;
  const settled = settleAsk({
    ask: askOf.application(application),
    outcome: state === "accepted"
      ? "accepted"
      : state === "rejected"
      ? "declined"
      : by === null
      ? "closed"
      : "withdrawn",
    byId: by,
  }, decidedAt!);
  return {
    mutations: [...applicationRows(application), ...settled.mutations],
    jobs: settled.jobs,
  };
}

/** The rows of an invitation that has ended, and that it is asked no more. */
export function endedInvitation(
  invitation: Invitation,
  by: string | null,
  at: number,
): { mutations: Mutation[]; jobs: NewJob[] } {
  const { state } = invitation;
  const settled = settleAsk({
    ask: askOf.invitation(invitation),
    outcome: state === "accepted"
      ? "accepted"
      : state === "declined"
      ? "declined"
      : by === null
      ? "closed"
      : "revoked",
    byId: by,
  }, at);
  return {
    mutations: [...invitationRows(invitation, at), ...settled.mutations],
    jobs: settled.jobs,
  };
}
