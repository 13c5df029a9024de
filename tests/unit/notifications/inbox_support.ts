import {
  getUnreadCount,
  registerNotificationJobs,
  sendNotification,
} from "../../../lib/notifications/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";
import { accepted } from "./delivery_support.ts";

export async function world() {
  const deps = await openDeps();
  registerNotificationJobs(deps.queue, deps);
  deps.queue.start();
  const ada = await deps.addUser("ada");
  const send = async (n: number | string) =>
    (await sendNotification(deps, { userId: "ada", ...accepted(n) }))
      .notification!.id;
  return { deps, ada, send };
}

export const counts = async (deps: TestDeps) => {
  const { unread, unseen } = await getUnreadCount(deps, "ada");
  return [unread, unseen];
};

export const vote = (n: number, deadline: number) => ({
  type: "tribunal_vote_needed" as const,
  data: { disputeId: `d${n}`, bountyTitle: `Icons ${n}`, deadline },
});
