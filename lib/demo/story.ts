import { type Activity, ACTIVITY_KEPT } from "../activity/mod.ts";
import {
  type Bounty,
  type BountyAction,
  bountyRows,
  planBounty,
  transition,
} from "../bounties/mod.ts";
import { DAY } from "../clock.ts";
import type { Guild } from "../guilds/mod.ts";
import type { Mutation } from "../kv/mod.ts";

/** One thing that was done to a bounty. */
export interface Deed {
  /** Milliseconds. */
  at: number;
  /** `null`: the platform. */
  by: string | null;
  action: BountyAction;
}

export interface StoryDeps {
  guildOf(id: string): Pick<Guild, "id" | "name" | "officerIds"> | null;
  deviceOf(userId: string): string;
  /** An id whose time is `at`, the same one for the same labels. */
  idAt(at: number, ...labels: (string | number)[]): string;
}

/**
 * Lives a bounty's past through the same machine and the same rows as a live one: its history, indexes, payout and
 * activity. Events and notifications of the past are nobody's news.
 */
export function liveBounty(
  { guildOf, deviceOf, idAt }: StoryDeps,
  draft: Bounty,
  deeds: readonly Deed[],
): { bounty: Bounty; rows: Mutation[] } {
  const rows = bountyRows(null, draft);
  let bounty = draft;
  for (const { at, by, action } of deeds) {
    const before: Bounty = bounty;
    bounty = transition(before, action, at);
    let n = 0;
    const plan = planBounty(
      {
        now: () => at,
        newId: () => idAt(at, draft.id, bounty.revision, n++),
      },
      before,
      bounty,
      action,
      {
        actorId: by,
        device: by === null ? null : deviceOf(by),
        guild: bounty.guildId === null ? null : guildOf(bounty.guildId),
      },
    );
    rows.push(...plan.mutations);
  }
  return { bounty, rows };
}

/**
 * What a new store holds after some changes: the last value of each row, and nothing of what was deleted again. What is
 * written that way may be written twice.
 */
export function lastOf(rows: readonly Mutation[]): Mutation[] {
  const last = new Map<string, Mutation>();
  for (const row of rows) {
    const name = row.key.join("\u0000");
    last.delete(name);
    if (row.type === "set") last.set(name, row);
  }
  return [...last.values()];
}

/** Activity of the past leaves the store when it would have, had it been written then. */
export function agedActivity(rows: Mutation[], today: number): Mutation[] {
  return rows.map((row) =>
    row.type === "set" && row.key[0] === "activity"
      ? {
        ...row,
        expireIn: Math.max(
          DAY,
          (row.value as Activity).at + ACTIVITY_KEPT - today,
        ),
      }
      : row
  );
}
