import { DAY } from "../../clock.ts";
import {
  type Notice,
  NOTIFICATION_DATA,
  type NotificationType,
} from "../types.ts";

/** What a question is about. */
export interface SampleSubject {
  guild?: { id: string; name: string };
}

/** A notification of a type as it might come, for the question what would happen to it. */
export function sampleNotice(
  type: NotificationType,
  { guild }: SampleSubject,
  now: number,
): Notice {
  const everything = {
    bountyId: "sample",
    bountyTitle: "…",
    guildId: guild?.id ?? "sample",
    guildName: guild?.name ?? "…",
    outcome: "accepted",
    result: "won",
    ending: "expired",
    amount: 0,
    inviterId: "sample",
    inviterName: "…",
    userId: "sample",
    userHandle: "sample",
    userName: "…",
    role: "officer",
    disputeId: "sample",
    raisedBy: "…",
    deadline: now + DAY,
    from: "Newcomer",
    to: "Apprentice",
    direction: "up",
    channel: guild ? `guild-${guild.id}` : "dm-a-b",
    messageId: "sample",
    roomName: guild?.name ?? "…",
    authorId: "sample",
    authorHandle: "sample",
    authorName: "…",
    excerpt: "…",
    announcementId: "sample",
    title: "…",
    body: "…",
    cases: 1,
    caseId: "sample",
    kind: "sample",
    reason: "…",
    riskScore: 90,
  };
  // Each schema takes what is its own.
  return { type, data: NOTIFICATION_DATA[type].parse(everything) } as Notice;
}
