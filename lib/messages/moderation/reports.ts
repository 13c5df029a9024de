import { type AttemptLimit, countAttempt } from "../../auth/attempts.ts";
import { HOUR, MINUTE } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import { absent, commit, keys, set } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { Channel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import { readStored } from "../find.ts";
import type { ReportRequest } from "./fields.ts";
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

export async function getReport(
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
