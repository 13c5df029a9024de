import type { NewJob } from "../queue/types.ts";
import type { Notice } from "./types.ts";

export const NOTIFY_KIND = "notify";

/** A notification for some people, to be sent by a job. */
export type Notify = Notice & {
  /** At most 100. */
  userIds: string[];
  /** Names the cause; whoever has a notification with this key gets no second one. */
  key: string;
  /** What it asks for, of `asks`: the change that settles that settles these notifications. */
  ask?: string;
};

/** The job that sends a notification; goes into the atomic of its cause. */
export function notifyJob(notify: Notify): NewJob {
  return { kind: NOTIFY_KIND, payload: notify };
}
