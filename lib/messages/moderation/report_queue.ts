import { NexoraError } from "../../errors.ts";
import {
  commit,
  del,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { User } from "../../users/mod.ts";
import { auditRow } from "./audit.ts";
import type { ReportAnswer } from "./fields.ts";
import { getReport } from "./reports.ts";
import type { Report } from "./types.ts";

export interface ReportsPage {
  /** Newest first. */
  reports: Report[];
  cursor: string | null;
}

/** Reports of a room; with a state, those of the page that are in it. */
export async function listReports(
  { kv }: Pick<Deps, "kv">,
  channel: string,
  { state, cursor, limit = 50 }: {
    state?: Report["state"];
    cursor?: string;
    limit?: number;
  } = {},
): Promise<ReportsPage> {
  const prefix = keys.reports(channel);
  const rows = kv.list<Report>(
    cursor ? { prefix, end: keys.report(channel, cursor) } : { prefix },
    { reverse: true, limit: limit + 1 },
  );
  const found = await Array.fromAsync(rows, (row) => row.value);
  const page = found.slice(0, limit);
  return {
    reports: page.filter((report) => !state || report.state === state),
    cursor: found.length > limit ? page.at(-1)!.id : null,
  };
}

/** What waits for the admins, of all rooms, the oldest first. */
export async function listOpenReports(
  { kv }: Pick<Deps, "kv">,
  limit = 50,
): Promise<Report[]> {
  const rows = kv.list<string>({ prefix: keys.openReports() }, { limit });
  const open = await Array.fromAsync(rows, ({ key, value }) => ({
    id: String(key.at(-1)),
    channel: value,
  }));
  return await Promise.all(
    open.map(({ id, channel }) => getReport(kv, channel, id)),
  );
}

/** The room of a report that is open. @throws {NexoraError} `not_found` */
export async function findReportRoom(
  { kv }: Pick<Deps, "kv">,
  id: string,
): Promise<string> {
  const { value } = await kv.get<string>(keys.openReport(id));
  if (value !== null) return value;
  throw new NexoraError("not_found", "There is no such open report");
}

/**
 * Says what became of a report. The actor administers its room, or the platform.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition` when it has been answered, `forbidden` to the author
 */
export function answerReport(
  deps: Pick<Deps, "kv" | "now" | "newId">,
  channel: string,
  actor: Pick<User, "id">,
  id: string,
  { state, resolution }: ReportAnswer,
): Promise<Report> {
  const { kv, now } = deps;
  return retryConflicts(async () => {
    const entry = await kv.get<Report>(keys.report(channel, id));
    if (entry.value === null) {
      throw new NexoraError("not_found", "There is no such report");
    }
    if (entry.value.state !== "open") {
      throw new NexoraError("illegal_transition", "It has been answered");
    }
    const { messageId, context } = entry.value;
    if (context.some((m) => m.id === messageId && m.authorId === actor.id)) {
      throw new NexoraError("forbidden", "It is about a message of yours");
    }
    const at = now();
    const after: Report = {
      ...entry.value,
      state,
      resolution,
      resolvedAt: at,
      resolvedById: actor.id,
    };
    const committed = await commit(kv, {
      checks: [unchanged(entry)],
      mutations: [
        set(entry.key, after),
        del(keys.openReport(id)),
        auditRow(deps, {
          channel,
          at,
          actorId: actor.id,
          action: "report_resolved",
          targetId: messageId,
          detail: { state, resolution },
        }),
      ],
    });
    return committed ? after : null;
  });
}
