import { acceptBounty, postBounty } from "../../../lib/bounties/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import {
  castVote,
  closeTribunal,
  type Dispute,
  escalateDispute,
  getDispute,
  raiseDispute,
  registerDisputeJobs,
  RESPONSE_TIME,
  VOTING_TIME,
} from "../../../lib/disputes/mod.ts";
import { createGuild, type Guild } from "../../../lib/guilds/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import {
  getUser,
  INITIAL_TRUST,
  registerUserJobs,
  type User,
} from "../../../lib/users/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";
import { disputeChannel } from "../../../lib/realtime/mod.ts";

export interface Court extends AsyncDisposable {
  deps: TestDeps;
  /** Posted the bounty. */
  client: User;
  /** Works on it, owner of the guild. */
  worker: User;
  guild: Guild;
  admin: User;
  bountyId: string;
  /** People without a stake. */
  crowd: User[];
  /** The dispute as it is now. */
  now(): Promise<Dispute>;
  dispute: Dispute;
}

export interface CourtOptions {
  /** People who can be drawn. */
  crowd?: number;
  /** Run the jobs that changes cause. */
  jobs?: boolean;
}

/** A bounty at work that its client disputes, and people to judge it. */
export async function openCourt(
  { crowd = 12, jobs = true }: CourtOptions = {},
): Promise<Court> {
  const deps = await openDeps();
  if (jobs) startJobs(deps);
  const old = deps.now() - 60 * DAY;
  const person = (handle: string, given: Partial<User> = {}) =>
    deps.addUser(handle, {
      createdAt: old,
      lastActiveAt: deps.now(),
      ...given,
    });
  const client = await person("carl");
  const worker = await person("wanda");
  const admin = await person("root", { role: "admin" });
  const people: User[] = [];
  for (let i = 0; i < crowd; i++) people.push(await person(`person-${i}`));
  const guild = await createGuild(deps, worker, {
    name: "Lantern",
    description: "",
    skills: undefined,
    open: true,
  });
  const { id: bountyId } = await postBounty(deps, client, {
    title: "Light the pier",
    description: "Twelve lanterns along the old pier.",
    category: "engineering",
    skills: [],
    reward: 100,
    deadline: null,
    open: true,
  });
  await acceptBounty(deps, worker, bountyId, guild.id);
  const dispute = await raiseDispute(
    deps,
    client,
    bountyId,
    "Nothing has come of it for two weeks",
    "device",
  );
  return {
    deps,
    client,
    worker,
    guild,
    admin,
    bountyId,
    crowd: people,
    dispute,
    now: async () => (await getDispute(deps.kv, dispute.id))!,
    [Symbol.asyncDispose]: () => deps[Symbol.asyncDispose](),
  };
}

export function startJobs(deps: TestDeps): void {
  registerNotificationJobs(deps.queue, deps);
  registerUserJobs(deps.queue, deps);
  registerDisputeJobs(deps.queue, deps);
  deps.queue.start();
}

export const person = (id: string) => ({ id, role: "member" as const });

export const typesOf = async ({ deps }: Court, id: string) => {
  await deps.queue.drain(5_000);
  const reader = { id, locale: "en", timeZone: "UTC" };
  return (await getNotifications(deps, reader, {})).notifications.map((n) =>
    n.type as string
  );
};

export const trustOf = async ({ deps }: Court, id: string) =>
  (await getUser(deps.kv, id))!.trust - INITIAL_TRUST;

export const eventsOf = async ({ deps, dispute }: Court) =>
  (await deps.events(disputeChannel(dispute.id))).map((e) => e.event);

/** To the tribunal, and the votes: how many of the jurors are for the raiser, how many for the accused. */
export async function judged(
  court: Court,
  forRaiser: number,
  forAccused: number,
) {
  const { deps, client, dispute } = court;
  // Days that pass within a commit look to the log like a store that does not answer.
  await deps.queue.drain(5_000);
  if ((await court.now()).state === "raised") {
    deps.clock.advance(RESPONSE_TIME);
    await escalateDispute(deps, client, dispute.id);
  }
  const { jurorIds, raiserId, accusedId, round } = await court.now();
  for (const [i, id] of jurorIds.entries()) {
    if (i >= forRaiser + forAccused) break;
    const forId = i < forRaiser ? raiserId : accusedId;
    await castVote(deps, person(id), dispute.id, forId, "device");
  }
  if (forRaiser + forAccused < jurorIds.length) {
    await deps.queue.drain(5_000);
    deps.clock.advance(VOTING_TIME);
    await closeTribunal(deps, dispute.id, round);
  }
  await deps.queue.drain(5_000);
  return await court.now();
}
