import { registerBountyJobs } from "../../../lib/bounties/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { type TestDeps } from "../../support/open_deps.ts";

export function startJobs(deps: TestDeps) {
  registerNotificationJobs(deps.queue, deps);
  registerBountyJobs(deps.queue, deps);
  deps.queue.start();
}

export async function titlesOf(deps: TestDeps, id: string) {
  await deps.queue.drain(5_000);
  const reader = { id, locale: "en", timeZone: "UTC" };
  return (await getNotifications(deps, reader)).notifications
    .map((n) => n.title).sort();
}

export const SUBMISSION = {
  note: "It is done.",
  url: "https://example.org/pr/1",
};
