import { type AttemptLimit, countAttempt } from "../../auth/attempts.ts";
import { HOUR, MINUTE } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import {
  absent,
  commit,
  del,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { Channel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import { readStored } from "../find.ts";
import { auditRow } from "./audit.ts";
import type { ReportAnswer, ReportRequest } from "./fields.ts";
import { contextOf } from "./report_context.ts";
import type { Report } from "./types.ts";

type ReportDeps = Pick<Deps, "kv" | "now" | "newId">;

/** Whoever reports everything helps nobody. */
const REPORTS: AttemptLimit = {
  scope: "report",
  free: 20,
  firstDelay: MINUTE,
  maxDelay: HOUR,
  forgetAfter: 6 * HOUR,
};

/**
 * Reports a message to the officers of its room, and to the admins, with what stood around it. The same person
 * reports a message once; again it is the first report.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition` for one's own or a deleted message, `rate_limited`
 */
export async function reportMessage(
  deps: ReportDeps,
  { name: channel }: Channel,
  reporter: Pick<User, "id">,
  messageId: string,
  { reason, note }: ReportRequest,
): Promise<Report> {
  const { kv, now, newId } = deps;
  const onceKey = keys.reportOnce(channel, messageId, reporter.id);
  const once = await kv.get<string>(onceKey);
  if (once.value !== null) return await getReport(kv, channel, once.value);
  const { value: message } = await readStored(kv, channel, messageId);
  if (message.authorId === reporter.id || message.deleted) {
    throw new NexoraError(
      "illegal_transition",
      message.deleted ? "It has been deleted" : "It is your own",
    );
  }
  await countAttempt(deps, REPORTS, reporter.id);
  const report: Report = {
    id: newId(),
    channel,
    messageId,
    reporterId: reporter.id,
    reason,
    note,
    at: now(),
    context: await contextOf(kv, message),
    state: "open",
    resolvedById: null,
    resolvedAt: null,
    resolution: "",
  };
  const committed = await commit(kv, {
    checks: [absent(onceKey)],
    mutations: [
      set(keys.report(channel, report.id), report),
      set(keys.openReport(report.id), channel),
      set(onceKey, report.id),
    ],
  });
  if (committed) return report;
  const first = await kv.get<string>(onceKey);
  return await getReport(kv, channel, first.value ?? report.id);
}

async function getReport(
  kv: Deno.Kv,
  channel: string,
  id: string,
): Promise<Report> {
  const { value } = await kv.get<Report>(keys.report(channel, id));
  if (value === null) {
    throw new NexoraError("not_found", "There is no such report");
  }
  return value;
}

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
  deps: ReportDeps,
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
