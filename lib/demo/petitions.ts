import { DAY, HOUR, MINUTE } from "../clock.ts";
import {
  type Application,
  applicationRows,
  INVITATION_LIFE,
  invitationRows,
} from "../guilds/mod.ts";
import type { Mutation } from "../kv/mod.ts";

/** When somebody was asked in. */
const INVITED: Record<string, number> = {
  demo_owner: 4 * DAY + 20 * MINUTE,
  demo_outsider: 7 * HOUR,
};

/** The invitation of somebody who was asked in. */
export function demoInvitation(
  userId: string,
  today: number,
  idAt: (at: number, ...labels: string[]) => string,
): string {
  return idAt(today - INVITED[userId]!, userId, "invitation");
}

/** Who waits at which guild's door, and who was asked in. */
export function demoPetitions(
  today: number,
  idAt: (at: number, ...labels: string[]) => string,
): Mutation[] {
  const applied = (
    guildId: string,
    userId: string,
    ago: number,
    note: string,
    decided: Partial<Application> = {},
  ) =>
    applicationRows({
      guildId,
      userId,
      note,
      state: "open",
      createdAt: today - ago,
      decidedAt: null,
      decidedBy: null,
      reason: null,
      ...decided,
    });
  const invited = (userId: string, note: string, ago = INVITED[userId]!) =>
    invitationRows({
      id: demoInvitation(userId, today, idAt),
      guildId: "open-canvas",
      userId,
      inviterId: "demo_hanna",
      note,
      state: "open",
      createdAt: today - ago,
      expiresAt: today - ago + INVITATION_LIFE,
      decidedAt: null,
    }, today);
  return [
    ...applied(
      "northwind-audit",
      "demo_outsider",
      30 * HOUR,
      "I keep pipelines honest for a living and would like to learn how people break them. Six hours a week.",
    ),
    ...applied(
      "northwind-audit",
      "demo_kofi",
      6 * HOUR,
      "Wrote the test bench of Lantern Works. I would like to point it at something hostile.",
    ),
    ...applied(
      "northwind-audit",
      "demo_owner",
      20 * DAY,
      "To learn how audits are run.",
      {
        state: "rejected",
        decidedAt: today - 18 * DAY,
        decidedBy: "demo_diego",
        reason: "The team is complete for this quarter.",
      },
    ),
    ...invited(
      "demo_owner",
      "We would love to have you for the spring issue.",
    ),
    ...invited(
      "demo_outsider",
      "Your maps of the ridership are beautiful. Come and draw with us.",
    ),
  ];
}
